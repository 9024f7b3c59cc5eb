<?php

/**
 * Writes what the manifest of operations and the C header give: value classes, rooms, and the header that PHP's FFI reads.
 * With --check it fails if what is there differs.
 */

declare(strict_types=1);

namespace Netmile\Tools;

const ABOUT = 'Made by tools/generate.php; do not edit.';

/** Records that go by another word in the facades. */
const RENAMED = ['Delivery' => 'Event', 'Deliveries' => 'Events'];

/** Subjects of the manifest and their rooms. */
const ROOMS = [
    'checkout' => ['Checkouts', 'Starts purchases and hands out their forms.'],
    'notice' => ['Notices', "Takes the gateway's server-to-server notices: the only proof of payment."],
    'return' => ['Returns', 'Reads what the browser brings back. Evidence for display, never proof of payment.'],
    'events' => ['Events', 'What the shop has to act on, until it acknowledges.'],
    'purchase' => ['Purchases', 'Looks purchases up and resolves those that wait.'],
    'refund' => ['Refunds', 'Asks for refunds and records that they were executed.'],
    'subscription' => ['Subscriptions', 'Recurring contracts, by link and server to server.'],
    'registration' => ['Registrations', 'Customer payment data at the gateway.'],
    'link' => ['Link', 'Single messages, without a journal: for tests, and for shops with records of their own.'],
    'hash' => ['Hash', 'Explains hashes.'],
    'payment' => ['Payments', 'Charges server to server.'],
    'settlement' => ['Settlement', 'Statements against the journal.'],
    'member' => ['Members', 'NetMile members.'],
    'miles' => ['Miles', 'Miles: issues, cancels, files, campaigns, tags.'],
    'exchange' => ['Exchanges', 'Point exchange.'],
    'catalogue' => ['Catalogue', 'Methods and codes as data.'],
    'client' => ['Upkeep', 'Looks after everything that is open.'],
];

/** Operations whose answer is one list or one value: the method gives that. */
const UNWRAPPED = ['events.next', 'events.ack', 'purchase.list', 'purchase.unresolved', 'purchase.resolve',
    'purchase.evidence', 'catalogue.errors', 'catalogue.codes'];

/** Fields that hold a name: record, field and enum. An asterisk stands for every record. */
const NAMES = [
    ['*', 'terminal', 'Terminal'],
    ['*', 'billing', 'Billing'],
    ['Purchase', 'phase', 'Phase'],
    ['PurchaseQuery', 'phases', 'Phase'],
    ['Delivery', 'phase', 'Phase'],
    ['Delivery', 'kind', 'EventKind'],
    ['ReceivedReturn', 'by', 'ReturnedBy'],
    ['BrowserReturn', 'by', 'ReturnedBy'],
    ['ReceivedMessage', 'kind', 'MessageKind'],
    ['Message', 'kind', 'MessageKind'],
    ['Charge', 'phase', 'ChargePhase'],
    ['ChargeQuery', 'phases', 'ChargePhase'],
    ['TaskId', 'kind', 'TaskKind'],
    ['TaskQuery', 'kind', 'TaskKind'],
    ['TaskReview', 'kind', 'TaskKind'],
    ['MileTask', 'kind', 'TaskKind'],
    ['TaskQuery', 'phases', 'TaskPhase'],
    ['MileTask', 'phase', 'TaskPhase'],
    ['Exchange', 'phase', 'ExchangePhase'],
    ['ExchangeQuery', 'phases', 'ExchangePhase'],
];

/** Requests with at most so many fields are taken as parameters. */
const MOST_PARAMETERS = 4;

/** One field as PHP has it. */
final readonly class Field
{
    public string $name;
    public string $wire;
    public bool $nullable;
    public bool $required;
    public bool $shown;
    public string $summary;
    public mixed $type;
    public ?string $enum;

    public function __construct(string $record, array $field)
    {
        $this->wire = $field['name'];
        $this->name = camel(preg_replace('/_ms$/', '', $this->wire));
        $this->required = $field['required'];
        $this->shown = $field['shown'];
        $this->summary = $field['summary'];
        $this->type = str_ends_with($this->wire, '_ms') && $field['type'] === 'integer' ? 'instant' : $field['type'];
        $this->enum = self::enumOf($record, $field);
        $this->nullable = $field['nullable'];
    }

    private static function enumOf(string $record, array $field): ?string
    {
        if ($field['name'] === 'outcome' && $field['type'] === 'string') {
            return 'Outcome';
        }
        foreach (NAMES as [$of, $name, $enum]) {
            if (($of === '*' || $of === $record) && $name === $field['name']) {
                return $enum;
            }
        }
        return null;
    }

    /** Left out of a request when it is null. */
    public function mayBeNull(): bool
    {
        return $this->nullable || (!$this->required && $this->default() === 'null');
    }

    public function default(): string
    {
        if ($this->nullable) {
            return 'null';
        }
        if (is_array($this->type) && isset($this->type['list'])) {
            return '[]';
        }
        return match ($this->type) {
            'string', 'bytes' => "''",
            'boolean' => 'false',
            default => 'null',
        };
    }

    /** The default of a parameter, or null when it has to be given. */
    public function parameterDefault(): ?string
    {
        if (!$this->required) {
            return $this->default();
        }
        return match ($this->wire) {
            'limit' => '100',
            'phases' => '[]',
            default => null,
        };
    }

    /** The native type. */
    public function native(): string
    {
        if (is_array($this->type)) {
            $native = isset($this->type['record']) ? className($this->type['record']) : 'array';
        } elseif ($this->enum === 'Outcome') {
            $native = '\Netmile\Outcome';
        } elseif ($this->enum !== null) {
            return "\\Netmile\\{$this->enum}|string" . ($this->mayBeNull() ? '|null' : '');
        } else {
            $native = ['string' => 'string', 'bytes' => 'string', 'boolean' => 'bool', 'integer' => 'int',
                'instant' => '\DateTimeImmutable', 'json' => 'mixed'][$this->type];
        }
        return $this->mayBeNull() && $native !== 'mixed' ? "?{$native}" : $native;
    }

    /** What a static analyser is told, if it is more than the native type; `$given` says that it is a parameter. */
    public function documented(string $prefix = '', bool $given = false): string
    {
        $type = $this->native();
        if (is_array($this->type) && isset($this->type['list'])) {
            $type = 'list<' . $this->item($this->type['list'], $prefix) . '>';
            if ($given && $this->type['list'] === ['record' => 'Pair']) {
                $type .= '|array<string, string>';
            }
            $type = ($this->mayBeNull() ? '?' : '') . $type;
        } elseif (is_array($this->type) && isset($this->type['map'])) {
            $type = ($this->mayBeNull() ? '?' : '') . 'array<string, string>';
        } elseif (is_array($this->type)) {
            $type = ($this->mayBeNull() ? '?' : '') . $prefix . className($this->type['record']);
        }
        return $type;
    }

    private function item(mixed $type, string $prefix): string
    {
        if (is_array($type)) {
            return $prefix . className($type['record']);
        }
        return $this->enum !== null ? "\\Netmile\\{$this->enum}|string" : ['string' => 'string', 'integer' => 'int'][$type];
    }

    /** How it is written to JSON and read from it. */
    public function schema(): string
    {
        $flags = ($this->mayBeNull() ? 'n' : '') . ($this->required ? 'r' : '') . ($this->shown ? 's' : '');
        return sprintf("['%s', %s, '%s']", $this->wire, $this->kind($this->type), $flags);
    }

    private function kind(mixed $type): string
    {
        if (!is_array($type)) {
            return $this->enum !== null && $type === 'string' ? "\\Netmile\\{$this->enum}::class" : "'{$type}'";
        }
        return match (key($type)) {
            'list' => '[' . $this->kind($type['list']) . ']',
            'map' => "'map'",
            'record' => className($type['record']) . '::class',
        };
    }
}

function camel(string $name): string
{
    return lcfirst(str_replace('_', '', ucwords($name, '_')));
}

function className(string $record): string
{
    return RENAMED[$record] ?? $record;
}

/** @return list<Field> those that have to be given first */
function fields(array $record): array
{
    $fields = array_map(static fn (array $field): Field => new Field($record['name'], $field), $record['fields']);
    $given = array_filter($fields, static fn (Field $field): bool => $field->parameterDefault() === null);
    $other = array_filter($fields, static fn (Field $field): bool => $field->parameterDefault() !== null);
    return [...$given, ...$other];
}

function text(string $summary): string
{
    return str_replace('*/', '* /', $summary);
}

/** A line of a doc comment, broken at 116 columns. */
function wrapped(string $line, string $indent, string $more = ''): string
{
    $lines = [];
    $now = '';
    foreach (explode(' ', $line) as $word) {
        if ($now !== '' && mb_strwidth("{$indent} * {$now} {$word}") > 116) {
            $lines[] = $now;
            $now = $more . $word;
        } else {
            $now = $now === '' ? $word : "{$now} {$word}";
        }
    }
    $lines[] = $now;
    return implode('', array_map(static fn (string $one): string => rtrim("{$indent} * {$one}") . "\n", $lines));
}

function head(string $namespace): string
{
    return "<?php\n\n// " . ABOUT . "\n\ndeclare(strict_types=1);\n\nnamespace {$namespace};\n\n";
}

function model(array $record): string
{
    $name = className($record['name']);
    $fields = fields($record);
    $hidden = array_values(array_filter($fields, static fn (Field $field): bool => !$field->shown));
    $isOutcome = str_ends_with($record['name'], 'Outcome') && in_array('outcome', array_column($record['fields'], 'name'), true);
    $doc = wrapped(text($record['summary']), '');
    if ($hidden !== []) {
        $doc .= " *\n";
    }
    foreach ($hidden as $field) {
        $doc .= wrapped('@property-read ' . $field->documented() . " \${$field->name} " . text($field->summary), '', '    ');
    }
    $isCheckout = $record['name'] === 'Checkout';
    if ($isCheckout) {
        $doc .= " * @property-read Page \$page A whole page that posts the form by itself.\n";
    }
    $out = head('Netmile\Model') . "use Netmile\\Record;\n\n/**\n{$doc} */\n";
    $out .= "final readonly class {$name} extends Record\n{\n    /** @internal */\n    public const SCHEMA = [";
    foreach ($fields as $field) {
        $out .= "\n        '{$field->name}' => {$field->schema()},";
    }
    $out .= $fields === [] ? "];\n" : "\n    ];\n";
    if ($isCheckout) {
        $out .= "\n    /** @internal */\n    public const SHORTCUTS = ['page' => ['form', 'page']];\n";
    }
    $out .= "\n" . constructor($fields, $hidden);
    if ($isOutcome) {
        foreach (
            [
                'Done' => 'Whether it happened.',
                'Rejected' => 'Whether it was refused; nothing moved.',
                'Unknown' => 'Whether it may have happened: it is found out later, and must not be repeated by hand.',
            ] as $what => $about
        ) {
            $out .= "\n    /** {$about} */\n    public function is{$what}(): bool\n    {\n";
            $out .= "        return \$this->outcome === \\Netmile\\Outcome::{$what};\n    }\n";
        }
    }
    return $out . "}\n";
}

/** @param list<Field> $fields @param list<Field> $hidden */
function constructor(array $fields, array $hidden): string
{
    if ($fields === []) {
        return "    public function __construct()\n    {\n    }\n";
    }
    $doc = '';
    foreach ($fields as $field) {
        $doc .= wrapped('@param ' . $field->documented('', true) . " \${$field->name} " . text($field->summary), '    ', '    ');
    }
    $out = "    /**\n{$doc}     */\n    public function __construct(\n";
    foreach ($fields as $field) {
        $default = $field->parameterDefault();
        $out .= '        ' . ($field->shown ? 'public ' : '#[\SensitiveParameter] ') . "{$field->native()} \${$field->name}"
            . ($default === null ? '' : " = {$default}") . ",\n";
    }
    $out .= "    ) {\n";
    if ($hidden !== []) {
        $out .= "        \$this->hide([\n";
        foreach ($hidden as $field) {
            $out .= "            '{$field->name}' => \${$field->name},\n";
        }
        $out .= "        ]);\n";
    }
    return $out . "    }\n";
}

function method(array $operation, array $records): string
{
    $verb = camel(explode('.', $operation['name'])[1]);
    $request = $records[$operation['request']];
    $requestClass = 'Model\\' . className($request['name']);
    $answerClass = 'Model\\' . className($operation['answer']);
    $fields = fields($request);
    $parameters = [];
    $given = [];
    $doc = wrapped(text($operation['summary']), '    ');
    $tags = '';
    if (count($fields) > MOST_PARAMETERS) {
        $parameters[] = "{$requestClass} \$request";
        $asked = '$request';
    } else {
        foreach ($fields as $field) {
            $default = $field->parameterDefault();
            $native = preg_replace('/^(\??)([A-Z]\w*)$/', '$1Model\\\\$2', $field->native());
            $parameters[] = ($field->shown ? '' : '#[\SensitiveParameter] ') . "{$native} \${$field->name}"
                . ($default === null ? '' : " = {$default}");
            $given[] = "{$field->name}: \${$field->name}";
            $tags .= wrapped('@param ' . $field->documented('Model\\', true) . " \${$field->name} " . text($field->summary), '    ', '    ');
        }
        $asked = "new {$requestClass}(" . implode(', ', $given) . ')';
    }
    $call = "\$this->port->call('{$operation['name']}', {$asked}, {$answerClass}::class)";
    $return = $answerClass;
    if (in_array($operation['name'], UNWRAPPED, true)) {
        $answer = $records[$operation['answer']];
        $only = new Field($answer['name'], $answer['fields'][0]);
        $return = $only->native();
        if ($return === 'array') {
            $tags .= '     * @return ' . $only->documented('Model\\') . "\n";
        }
        $call .= "->{$only->name}";
    }
    $doc .= ($tags === '' ? '' : "     *\n{$tags}") . "     *\n     * @throws \\Netmile\\Exception\\NetmileException\n";
    $line = "    public function {$verb}(" . implode(', ', $parameters) . "): {$return}\n    {\n";
    if (strlen(explode("\n", $line)[0]) > 120) {
        $line = "    public function {$verb}(\n        " . implode(",\n        ", $parameters) . ",\n    ): {$return} {\n";
    }
    $body = "        return {$call};\n";
    if (strlen($body) > 121) {
        $body = "        return \$this->port->call(\n            '{$operation['name']}',\n            {$asked},\n"
            . "            {$answerClass}::class,\n        )" . (str_contains($call, ')->') ? substr($call, strrpos($call, ')') + 1) : '') . ";\n";
    }
    return "    /**\n{$doc}     */\n{$line}{$body}    }\n";
}

function room(string $subject, array $operations, array $records): string
{
    [$name, $about] = ROOMS[$subject];
    $methods = array_map(static fn (array $operation): string => method($operation, $records), $operations);
    return head('Netmile\Generated') . "use Netmile\\Internal\\Port;\nuse Netmile\\Model;\n\n/**\n * {$about}\n *\n * @internal use the room of the client\n */\n"
        . "abstract class {$name}\n{\n    final public function __construct(private readonly Port \$port)\n    {\n    }\n\n"
        . implode("\n", $methods) . "}\n";
}

/** The header without comments and preprocessor: PHP's parser knows neither macros nor includes. */
function cdef(string $header, int $abiVersion): string
{
    $text = preg_replace('~/\*.*?\*/~s', '', $header);
    $text = preg_replace('~//[^\n]*~', '', $text);
    $text = preg_replace('~#ifdef __cplusplus\b.*?#endif~s', '', $text);
    $text = preg_replace('~^\s*#[^\n]*~m', '', $text);
    $text = preg_replace('~[ \t]+~', ' ', $text);
    $text = preg_replace('~,\n +(?=(const|struct|enum|int|size|uint|bool|char))~', ', ', $text);
    $text = preg_replace("~\n\\s*\n+~", "\n", $text);
    return '/* ' . ABOUT . " From netmile.h. */\nenum { NETMILE_ABI_VERSION = {$abiVersion} };\n" . ltrim($text);
}

/** @return array<string, string> by path within the package */
function generated(string $package): array
{
    $root = dirname($package, 2);
    $manifest = json_decode(file_get_contents("{$root}/ffi/manifest.json"), true, 512, JSON_THROW_ON_ERROR);
    $header = file_get_contents("{$root}/bindings/c/include/netmile.h");
    if (preg_match('/^#define NETMILE_ABI_VERSION (\d+)$/m', $header, $found) !== 1) {
        throw new \RuntimeException('netmile.h names no NETMILE_ABI_VERSION');
    }
    if (preg_match('/^\[workspace\.package\].*?^version = "([^"]+)"/ms', file_get_contents("{$root}/Cargo.toml"), $version) !== 1) {
        throw new \RuntimeException('Cargo.toml names no version');
    }
    $records = array_column($manifest['records'], null, 'name');
    $out = ['include/netmile.ffi.h' => cdef($header, (int) $found[1])];
    foreach ($records as $record) {
        $out['src/Model/' . className($record['name']) . '.php'] = model($record);
    }
    $subjects = [];
    foreach ($manifest['operations'] as $operation) {
        $subjects[explode('.', $operation['name'])[0]][] = $operation;
    }
    foreach ($subjects as $subject => $operations) {
        if (!isset(ROOMS[$subject])) {
            throw new \RuntimeException("no room for {$subject}");
        }
        $out['src/Generated/' . ROOMS[$subject][0] . '.php'] = room($subject, $operations, $records);
    }
    $out['src/Generated/Version.php'] = head('Netmile\Generated')
        . "/**\n * What the generated sources were made for.\n *\n * @internal\n */\nfinal class Version\n{\n"
        . "    public const ABI = {$manifest['abi_version']};\n    public const LIBRARY = '{$version[1]}';\n}\n";
    return $out;
}

$package = dirname(__DIR__);
$check = ($argv[1] ?? '') === '--check';
$made = generated($package);
$there = array_merge(glob("{$package}/src/Model/*.php"), glob("{$package}/src/Generated/*.php"), glob("{$package}/include/*.h"));
$stale = array_diff(array_map(static fn (string $path): string => substr($path, strlen($package) + 1), $there), array_keys($made));
foreach ($made as $path => $content) {
    $file = "{$package}/{$path}";
    if (!$check) {
        is_dir(dirname($file)) || mkdir(dirname($file), 0777, true);
        file_put_contents($file, $content);
    } elseif (!is_file($file) || file_get_contents($file) !== $content) {
        fwrite(STDERR, "{$path} is not what the manifest gives: run tools/generate.php and commit it\n");
        exit(1);
    }
}
foreach ($stale as $path) {
    if ($check) {
        fwrite(STDERR, "{$path} is not in the manifest any more: run tools/generate.php and commit it\n");
        exit(1);
    }
    unlink("{$package}/{$path}");
}
