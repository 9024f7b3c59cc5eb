//! The known wrong recipes, the likelier first.

use super::message::{Item, Message};
use super::recipe::{Finish, Join, KeyPlace, KeyText, Op, Place, Sequence};
use super::value::{Change, Encoding, Percent};
use super::{HashQuestion, RecipeFault};
use crate::link::order;
use crate::wire::hash::HashCharset;

/// Other keys that are tried.
const MAX_OTHER_KEYS: usize = 32;

/// A wrong recipe and how it is told.
pub(super) struct Candidate {
    pub(super) op: Op,
    pub(super) fault: RecipeFault,
}

struct List(Vec<Candidate>);

impl List {
    fn add(&mut self, id: &'static str, op: Op) {
        self.0.push(Candidate {
            op,
            fault: RecipeFault::new(id, None, None),
        });
    }

    fn with_detail(&mut self, id: &'static str, detail: &str, op: Op) {
        self.0.push(Candidate {
            op,
            fault: RecipeFault::new(id, None, Some(detail)),
        });
    }

    fn about(&mut self, id: &'static str, field: &str, op: Op) {
        self.0.push(Candidate {
            op,
            fault: RecipeFault::new(id, Some(field), None),
        });
    }
}

/// All wrong recipes that this message can have been hashed with.
pub(super) fn candidates(question: &HashQuestion<'_>, message: &Message<'_>) -> Vec<Candidate> {
    let mut list = List(Vec::new());
    charset(&mut list, message);
    keys(&mut list, question);
    sequence(&mut list, message);
    fields(&mut list, message);
    changes(&mut list, message);
    encodings(&mut list);
    joins(&mut list);
    finishes(&mut list);
    list.0
}

fn charset(list: &mut List, message: &Message<'_>) {
    match message.kind.charset() {
        HashCharset::Utf8 => {
            for encoding in [Encoding::ShiftJis, Encoding::ShiftJisNec] {
                list.add("charset_shift_jis", Op::Encode(encoding));
            }
        }
        HashCharset::ShiftJis => {
            list.add("charset_utf8", Op::Encode(Encoding::Utf8));
            list.add("charset_nec_codes", Op::Encode(Encoding::ShiftJisNec));
        }
    }
}

fn keys(list: &mut List, question: &HashQuestion<'_>) {
    list.add("key_missing", Op::KeyPlace(KeyPlace::Missing));
    list.add("key_front", Op::KeyPlace(KeyPlace::Front));
    for (index, (label, _)) in question.other_keys.iter().take(MAX_OTHER_KEYS).enumerate() {
        list.with_detail(
            "key_of_other_service",
            label,
            Op::Key(KeyText::Other(index)),
        );
    }
    list.add("key_first_lost", Op::Key(KeyText::FirstLost));
    list.add("key_last_lost", Op::Key(KeyText::LastLost));
    let len = question.key.expose().len();
    for (cut, text) in [(20, "20"), (32, "32"), (16, "16"), (36, "36")] {
        if cut < len {
            list.with_detail("key_cut", text, Op::Key(KeyText::CutTo(cut)));
        }
    }
    for (tail, name) in [
        ("\n", "LF"),
        ("\r\n", "CR LF"),
        (" ", "SPACE"),
        ("\0", "NUL"),
    ] {
        list.with_detail("key_followed", name, Op::Key(KeyText::Followed(tail)));
    }
    list.with_detail("key_preceded", "SPACE", Op::Key(KeyText::Preceded(" ")));
    list.with_detail(
        "key_preceded",
        "BOM",
        Op::Key(KeyText::Preceded("\u{FEFF}")),
    );
    list.add("key_quoted", Op::Key(KeyText::Quoted));
    list.add("key_lower", Op::Key(KeyText::Lower));
    list.add("key_upper", Op::Key(KeyText::Upper));
    list.add("key_both_ends", Op::KeyPlace(KeyPlace::Both));
}

fn sequence(list: &mut List, message: &Message<'_>) {
    list.add("order_alphabetical", Op::Order(Sequence::Alphabetical));
    list.add("order_as_sent", Op::Order(Sequence::AsSent));
    if message.has_rows() {
        list.add("rows_last", Op::Order(Sequence::RowsLast));
        list.add("rows_before_free_csv", Op::Order(Sequence::RowsBeforeCsv));
        list.add("rows_missing", Op::LeaveRows);
        list.add("rows_by_column", Op::Order(Sequence::RowsByColumn));
    }
    list.add("limit_second_misplaced", Op::Order(Sequence::LimitSwapped));
    if message.kind.is_request() {
        list.add("free_csv_before_free1", Op::Order(Sequence::CsvBeforeFree));
        list.add("free_csv_last", Op::Order(Sequence::CsvLast));
    } else {
        list.add("result_fields_first", Op::Order(Sequence::ResultFirst));
    }
    list.add("order_reversed", Op::Order(Sequence::Reversed));
}

fn fields(list: &mut List, message: &Message<'_>) {
    let mut named: Vec<&str> = Vec::new();
    for (index, item) in message.items.iter().enumerate() {
        if !named.contains(&item.name) && any_value(&message.items, item.name) {
            named.push(item.name);
            list.about("field_missing", item.name, Op::Leave(index));
        }
    }
    let request = |i: &Item<'_>| order::PURCHASE_REQUEST.names().any(|n| n == i.name);
    if !message.kind.is_request() && message.extras.iter().any(request) {
        list.add("request_fields_included", Op::AddRequestFields);
    }
    for place in [Place::End, Place::AsSent, Place::Front] {
        for (index, item) in message.extras.iter().enumerate() {
            let id = if item.name == "sps_hashcode" {
                "hashcode_included"
            } else {
                "field_extra"
            };
            list.about(id, item.name, Op::Add(index, place));
        }
        if message.extras.len() > 1 {
            list.add("fields_extra_all", Op::AddAll(place));
        }
    }
}

fn any_value(items: &[Item<'_>], name: &str) -> bool {
    items
        .iter()
        .any(|i| i.name == name && !i.value.trim_matches(' ').is_empty())
}

fn changes(list: &mut List, message: &Message<'_>) {
    let has = |name: &str| any_value(&message.items, name);
    list.add("not_trimmed", Op::Change(Change::NotTrimmed));
    if has("free_csv") {
        list.add("free_csv_plain", Op::Change(Change::PlainCsv));
    }
    for dash in [true, false] {
        list.add(
            "lookalike_standard",
            Op::Change(Change::LookalikeStandard { dash }),
        );
        list.add(
            "lookalike_windows",
            Op::Change(Change::LookalikeWindows { dash }),
        );
    }
    list.add("reference_sent", Op::Change(Change::ReferenceResolved));
    list.add("trimmed_wide", Op::Change(Change::TrimmedWide));
    list.add("inner_spaces_removed", Op::Change(Change::InnerSpaces));
    list.add("all_spaces_removed", Op::Change(Change::AllSpaces));
    list.add("leading_zeros_lost", Op::Change(Change::LeadingZeros));
    list.add(
        "vendor_question_mark",
        Op::Change(Change::VendorQuestionMark),
    );
    list.add("unmappable_question_mark", Op::Change(Change::QuestionMark));
    list.add("unmappable_reference", Op::Change(Change::Reference));
    list.add("unmappable_dropped", Op::Change(Change::Dropped));
    list.add("yen_for_backslash", Op::Change(Change::YenForBackslash));
    for format in [
        "Y-M-D h:m:s",
        "Y/M/D h:m:s",
        "Y-M-DTh:m:s",
        "Y-M-DTh:m:s+09:00",
        "YMDhm",
        "YMD",
        "unix",
    ] {
        list.with_detail(
            "date_format",
            format,
            Op::Change(Change::DateFormat(format)),
        );
    }
    list.add("date_utc", Op::Change(Change::DateShift(-9 * 3600)));
    for (seconds, text) in [
        (1, "+1"),
        (-1, "-1"),
        (2, "+2"),
        (-2, "-2"),
        (3, "+3"),
        (-3, "-3"),
    ] {
        list.with_detail(
            "date_regenerated",
            text,
            Op::Change(Change::DateShift(seconds)),
        );
    }
    for format in [",", ".00", ".0"] {
        list.with_detail("amount_format", format, Op::Change(Change::Amount(format)));
    }
    list.add("upper_case", Op::Change(Change::Upper));
    list.add("lower_case", Op::Change(Change::Lower));
    for apostrophe in ["&#39;", "&#039;", "&apos;", "'"] {
        list.add("html_escaped", Op::Change(Change::Html(apostrophe)));
    }
    list.add("slash_escaped", Op::Change(Change::SlashEscaped));
    for word in ["null", "NULL", "None", "undefined", "nil"] {
        list.with_detail("empty_as_word", word, Op::Change(Change::EmptyWord(word)));
    }
}

fn encodings(list: &mut List) {
    for sjis in [false, true] {
        let id = if sjis {
            "url_encoded_shift_jis"
        } else {
            "url_encoded_utf8"
        };
        for style in [Percent::Form, Percent::Rfc3986, Percent::FormLower] {
            list.add(id, Op::Encode(Encoding::Percent { sjis, style }));
        }
    }
    list.add("charset_utf8_twice", Op::Encode(Encoding::Utf8Twice));
    list.add(
        "charset_shift_jis_as_latin1",
        Op::Encode(Encoding::ShiftJisAsLatin1),
    );
    list.add("charset_euc_jp", Op::Encode(Encoding::EucJp));
    list.add("charset_utf16", Op::Encode(Encoding::Utf16));
    list.add("charset_bom", Op::Encode(Encoding::Utf8Bom));
    list.add("backslash_stripped", Op::Encode(Encoding::ShiftJisStripped));
}

fn joins(list: &mut List) {
    for (id, named, separators) in [
        ("separator", false, &["&", ",", "\n", "|", " "][..]),
        ("names_hashed", true, &["&", "", ","][..]),
    ] {
        for &separator in separators {
            let detail = match separator {
                "\n" => "LF",
                " " => "SPACE",
                other => other,
            };
            for (skip_empty, before_key) in
                [(false, false), (false, true), (true, false), (true, true)]
            {
                let join = Join {
                    separator,
                    named,
                    skip_empty,
                    before_key,
                };
                list.with_detail(id, detail, Op::Join(join));
            }
        }
    }
}

fn finishes(list: &mut List) {
    list.add("hmac_sha1", Op::Finish(Finish::Hmac));
    list.add("hmac_sha1_with_key", Op::Finish(Finish::HmacWithKey));
    for finish in [Finish::TwiceHex, Finish::TwiceRaw, Finish::TwiceUpperHex] {
        list.add("double_hash", Op::Finish(finish));
    }
    list.add("hash_then_key", Op::Finish(Finish::HashThenKey));
}
