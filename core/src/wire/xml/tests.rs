use proptest::prelude::*;

use super::*;

fn read(xml: &str) -> crate::Result<Document> {
    read_xml(xml.as_bytes(), XmlLimits::default())
}

#[test]
fn tolerates_what_the_gateway_may_send() {
    let expected = Document::new(
        Element::group(
            "r",
            vec![
                Element::leaf("a", "1 2"),
                Element::leaf("b", ""),
                Element::group("g", vec![Element::leaf("c", "<&>'\"")]),
                Element::leaf("d", "あ"),
            ],
        ),
        "X-1",
    );
    for xml in [
        "<r id=\"X-1\"><a>1 2</a><b></b><g><c>&lt;&amp;&gt;&apos;&quot;</c></g><d>あ</d></r>",
        "<?xml version='1.0' encoding='UTF-8' ?>\n<r id='X-1'>\n  <a>1 2</a>\n\n  <b/>\n  <g>\n    <c>&#60;&#x26;&#62;&#39;&#34;</c>\n  </g>\n<d>あ</d></r>\n\n",
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- c --><r  id = 'X-1' other='1'><!-- c --><a>1<!-- c --> 2</a><b>\r\n\t</b><g x='y'><c><![CDATA[<&>'\"]]></c></g><d>\n  あ\n</d></r><!-- c -->",
        "\n<?xml version=\"1.0\" encoding='UTF-8' standalone='yes'?><r id=\"X-1\"><a>1 2</a><b\n/><g><c>&lt;&amp;&gt;&apos;&quot;</c></g><d>あ</d ></r>",
    ] {
        let read = if xml.contains("ncoding") {
            read_xml(xml.as_bytes(), XmlLimits::default())
        } else {
            read_xml(&encoding_rs::SHIFT_JIS.encode(xml).0, XmlLimits::default())
        };
        assert_eq!(read.unwrap(), expected, "{xml}");
    }
    let sjis = encoding_rs::SHIFT_JIS.encode("<r>表ソ十</r>").0;
    for declared in ["Shift_JIS", "shift_jis", "Windows-31J", "MS932", "sjis"] {
        let declaration = format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>");
        let xml = [declaration.as_bytes(), &sjis].concat();
        let read = read_xml(&xml, XmlLimits::default()).unwrap();
        assert_eq!(read.root.text(), "表ソ十", "{declared}");
        assert_eq!(read.id, None);
    }
    assert_eq!(read("<r id=''/>").unwrap().id, None);
}

#[test]
fn spaces_are_values_and_layout_is_not() {
    let text = |xml: &str| read(xml).unwrap().root.text().to_owned();
    assert_eq!(text("<r> a </r>"), " a ");
    assert_eq!(text("<r>  </r>"), "  ");
    assert_eq!(text("<r>\n  a\n</r>"), "a");
    assert_eq!(text("<r>\n  </r>"), "");
    assert_eq!(text("<r>a \n</r>"), "a");
    let wide = read_xml(
        "<?xml version='1.0' encoding='UTF-8'?><r>\u{3000}</r>".as_bytes(),
        XmlLimits::default(),
    );
    assert_eq!(wide.unwrap().root.text(), "\u{3000}");
}

#[test]
fn refuses_what_is_hostile_or_broken() {
    let deep = format!("{}{}", "<a>".repeat(17), "</a>".repeat(17));
    let many = format!("<r>{}</r>", "<a/>".repeat(10_000));
    let attributes: String = (0..17).map(|i| format!(" a{i}=''")).collect();
    let long_name = "a".repeat(65);
    for (xml, field, code) in [
        ("", "xml", "malformed"),
        ("   \n", "xml", "malformed"),
        ("text", "xml", "malformed"),
        ("<!-- only -->", "xml", "malformed"),
        ("<?xml version=\"1.0\"?>", "xml", "malformed"),
        ("<!DOCTYPE r><r/>", "xml", "malformed"),
        (
            "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r>&e;</r>",
            "xml",
            "malformed",
        ),
        (
            "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>",
            "xml",
            "malformed",
        ),
        ("<r><!DOCTYPE r></r>", "xml", "malformed"),
        ("<r>&e;</r>", "r", "malformed"),
        ("<r>&nbsp;</r>", "r", "malformed"),
        ("<r>&#0;</r>", "r", "malformed"),
        ("<r>&#x1F;</r>", "r", "malformed"),
        ("<r>a&#10;b</r>", "r", "malformed"),
        ("<r>&#xE000;</r>", "r", "malformed"),
        ("<r>&#xD800;</r>", "r", "malformed"),
        ("<r>&#99999999999;</r>", "r", "malformed"),
        ("<r>a & b</r>", "xml", "malformed"),
        ("&lt;<r/>", "xml", "malformed"),
        ("<r><?php evil ?></r>", "xml", "malformed"),
        ("<?xml-stylesheet href='x'?><r/>", "xml", "malformed"),
        ("<r/><?xml version=\"1.0\"?>", "xml", "malformed"),
        ("<!-- c --><?xml version=\"1.0\"?><r/>", "xml", "malformed"),
        ("<?xml version=\"1.1\"?><r/>", "xml", "malformed"),
        (
            "<?xml version=\"1.0\" encoding=\"EUC-JP\"?><r/>",
            "xml",
            "malformed",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><r/>",
            "xml",
            "malformed",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"\"?><r/>",
            "xml",
            "malformed",
        ),
        (
            "<?xml version=\"1.0\" encoding=UTF-8?><r/>",
            "xml",
            "malformed",
        ),
        ("<r>a<b/></r>", "r", "malformed"),
        ("<r><b/>a</r>", "r", "malformed"),
        ("<r><b/>&amp;</r>", "r", "malformed"),
        ("<r><![CDATA[x]]><b/></r>", "r", "malformed"),
        ("<r/><s/>", "s", "malformed"),
        ("<r/>text", "xml", "malformed"),
        ("<![CDATA[x]]><r/>", "xml", "malformed"),
        ("<r>", "r", "malformed"),
        ("<r><a></r></a>", "xml", "malformed"),
        ("</r>", "xml", "malformed"),
        ("<r", "xml", "malformed"),
        ("<r><a>x</a", "xml", "malformed"),
        ("<r><!-- open", "xml", "malformed"),
        ("<r>a\nb</r>", "r", "malformed"),
        ("<r>a\tb</r>", "r", "malformed"),
        ("<r>a\0b</r>", "xml", "malformed"),
        ("<r>\u{7f}</r>", "xml", "malformed"),
        ("<r id='1' id='2'/>", "r", "malformed"),
        ("<r id=1/>", "r", "malformed"),
        ("<r id='a&amp;b'/>", "r", "malformed"),
        ("<r id='a b'/>", "r", "malformed"),
        ("<r id=\"a'b\"/>", "r", "malformed"),
        ("<r id='a>b'/>", "r", "malformed"),
        ("<1/>", "xml", "malformed"),
        ("<r><a\"b/></r>", "xml", "malformed"),
        (&format!("<{long_name}/>"), "xml", "malformed"),
        (&format!("<r id='{long_name}'/>"), "r", "malformed"),
        (&format!("<r{attributes}/>"), "r", "too_large"),
        (&deep, "a", "too_large"),
        (&many, "a", "too_large"),
        (
            &format!("<r>{}</r>", "x".repeat(16 * 1024 + 1)),
            "r",
            "too_large",
        ),
        (
            &format!("<r>{}</r>", "&amp;".repeat(16 * 1024 + 1)),
            "r",
            "too_large",
        ),
        (&" ".repeat(1024 * 1024 + 1), "xml", "too_large"),
    ] {
        let shown = &xml[..xml.len().min(80)];
        let error = read(xml).expect_err(shown);
        assert_eq!(
            (error.field_name(), error.code()),
            (Some(field), code),
            "{error}: {shown}"
        );
    }
    for (bytes, what) in [
        (&b"\xFF\xFE<\0r\0/\0>\0"[..], "UTF-16"),
        (b"<r>\x82</r>", "half a character"),
        (b"<r>\xF0\x40</r>", "user-defined"),
        (
            b"<?xml version='1.0' encoding='UTF-8'?><r>\x82\xa0</r>",
            "not UTF-8",
        ),
        (
            b"<?xml version='1.0' encoding='UTF-8'?><r>\xee\x80\x80</r>",
            "private use",
        ),
    ] {
        let error = read_xml(bytes, XmlLimits::default()).unwrap_err();
        assert_eq!(error.code(), "malformed", "{what}");
    }
}

#[test]
fn limits_are_inclusive() {
    let fits = format!("{}{}", "<a>".repeat(16), "</a>".repeat(16));
    assert!(read(&fits).is_ok());
    assert!(read(&format!("<r>{}</r>", "x".repeat(16 * 1024))).is_ok());
    assert!(read(&format!("<r>{}</r>", "<a/>".repeat(9_999))).is_ok());
    // Layout is not text.
    let indented = format!("<r>{}\n</r>", "\n        <a/>".repeat(9_999));
    assert_eq!(read(&indented).unwrap().root.children().len(), 9_999);
}

#[test]
fn writes_nothing_that_is_not_xml_of_the_protocol() {
    let document = |element| Document {
        root: element,
        id: None,
    };
    let mut deep = Element::leaf("a", "x");
    for _ in 0..16 {
        deep = Element::group("a", vec![deep]);
    }
    let mut mixed = Element::leaf("m", "x");
    mixed.push(Element::leaf("a", ""));
    for (root, field, code) in [
        (Element::leaf("a b", ""), "tag", "invalid_value"),
        (Element::leaf("", ""), "tag", "invalid_value"),
        (Element::leaf("1", ""), "tag", "invalid_value"),
        (Element::leaf("a><b", ""), "tag", "invalid_value"),
        (Element::leaf("a", "x\ny"), "a", "not_encodable"),
        (Element::leaf("a", "x\ty"), "a", "not_encodable"),
        (Element::leaf("a", "\0"), "a", "not_encodable"),
        (Element::leaf("a", "😀"), "a", "not_encodable"),
        (deep, "a", "invalid_value"),
        (mixed, "m", "invalid_value"),
    ] {
        let error = write_xml(&document(root)).unwrap_err();
        assert_eq!((error.field_name(), error.code()), (Some(field), code));
    }
    for id in ["a b", "\n", "あ", &"x".repeat(65)] {
        let error = write_xml(&Document::new(Element::leaf("a", ""), id)).unwrap_err();
        assert_eq!(error.field_name(), Some("id"));
    }
}

#[test]
fn paths_lead_to_the_first_of_a_name() {
    let root = read("<r><g><a>1</a><a>2</a></g><g><b>3</b></g></r>")
        .unwrap()
        .root;
    assert_eq!(root.at("g/a").unwrap().text(), "1");
    assert_eq!(root.at("g/b"), None);
    assert_eq!(root.at("g").unwrap().children().len(), 2);
    let shown = format!("{root:?}");
    assert!(
        shown.contains("a(1 bytes)") && !shown.contains('2'),
        "{shown}"
    );
}

/// Text that CP932 has: no control, no character that it folds.
fn text() -> impl Strategy<Value = String> {
    "([ -~]|[ぁ-んァ-ヶ亜漢字能表予十腕～－①髙﨑]|\u{3000}){0,12}"
}

fn any_element() -> impl Strategy<Value = Element> {
    let leaf = ("[a-z_][a-z0-9_]{0,10}", text()).prop_map(|(name, text)| Element::leaf(name, text));
    leaf.prop_recursive(4, 32, 6, |inner| {
        ("[a-z_][a-z0-9_-]{0,10}", prop::collection::vec(inner, 0..6))
            .prop_map(|(name, children)| Element::group(name, children))
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(root in any_element(), id in prop::option::of("[!%(-;=?-~]{1,20}")) {
        let document = Document { root, id };
        let written = write_xml(&document).unwrap();
        prop_assert_eq!(read_xml(&written, XmlLimits::default()).unwrap(), document);
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again(xml in "(<a>|</a>|<b/>|x| |\n|&amp;|<!--c-->|<a id='1'>|<a id=\"'\">|あ){0,20}") {
        let sjis = encoding_rs::SHIFT_JIS.encode(&xml).0.into_owned();
        if let Ok(document) = read_xml(&sjis, XmlLimits::default()) {
            let written = write_xml(&document).unwrap();
            prop_assert_eq!(read_xml(&written, XmlLimits::default()).unwrap(), document);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>(), markup in "[<>/?!&;'\"=a-c \\[\\]-]{0,60}") {
        let _ = read_xml(&bytes, XmlLimits::default());
        let _ = read(&markup);
    }
}
