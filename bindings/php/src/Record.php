<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Exception\InvalidValueException;
use Netmile\Exception\LibraryException;
use Netmile\Exception\StateException;
use Netmile\Internal\Vault;

/**
 * What requests and answers have in common.
 *
 * Everything that may be personal or secret is read like any other property (`$purchase->custCode`), but no way of printing shows it:
 * `var_dump`, `print_r`, `var_export`, an array cast, `json_encode`, `(string)` and stack traces give the other fields only, and
 * `serialize` is refused. {@see Record::expose()} gives all of it, by name. Compare with {@see Record::equals()}: `==` sees
 * only what may be printed.
 */
abstract readonly class Record implements \JsonSerializable, \Stringable
{
    /** @internal property => [name in JSON, type, flags: n(ullable), r(equired), s(hown)] */
    public const SCHEMA = [];

    /** @internal property => where it is found */
    public const SHORTCUTS = [];

    /** Everything, what may be personal included, under the names of the manifest. Bytes are Base64, instants milliseconds. */
    final public function expose(): \stdClass
    {
        $made = new \stdClass();
        foreach (static::SCHEMA as $name => [$wire, $type]) {
            $made->{$wire} = $this->written($type, $this->read($name), $wire);
        }
        return $made;
    }

    /** The same with some fields changed, by their names here. */
    final public function with(#[\SensitiveParameter] mixed ...$changes): static
    {
        $values = [];
        foreach (array_keys(static::SCHEMA) as $name) {
            $values[$name] = $this->read($name);
        }
        return new static(...[...$values, ...$changes]);
    }

    /** Whether another record is of the same kind and says the same, what may be personal included. */
    final public function equals(?self $other): bool
    {
        return $other !== null && $other::class === static::class && self::same($other->expose(), $this->expose());
    }

    /** Values strictly, names in any order. */
    private static function same(#[\SensitiveParameter] mixed $one, #[\SensitiveParameter] mixed $other): bool
    {
        if ($one instanceof \stdClass && $other instanceof \stdClass) {
            [$one, $other] = [(array) $one, (array) $other];
        }
        if (!is_array($one) || !is_array($other)) {
            return $one === $other;
        }
        if (count($one) !== count($other)) {
            return false;
        }
        foreach ($one as $name => $value) {
            if (!array_key_exists($name, $other) || !self::same($value, $other[$name])) {
                return false;
            }
        }
        return true;
    }

    /** @internal reads what is kept out of sight */
    final public function __get(string $name): mixed
    {
        if (isset(static::SHORTCUTS[$name])) {
            [$first, $second] = static::SHORTCUTS[$name];
            return $this->read($first)->{$second};
        }
        if (!isset(static::SCHEMA[$name])) {
            throw new \Error(static::class . " has no property \${$name}");
        }
        return Vault::get($this, $name);
    }

    /** @internal */
    final public function __isset(string $name): bool
    {
        return isset(static::SHORTCUTS[$name]) || (isset(static::SCHEMA[$name]) && Vault::get($this, $name) !== null);
    }

    /** @return array<string, mixed> */
    final public function __debugInfo(): array
    {
        return $this->shown();
    }

    /** What may be printed. */
    final public function jsonSerialize(): mixed
    {
        return (object) array_map(
            static fn (mixed $value): mixed => $value instanceof \DateTimeImmutable ? $value->format(\DATE_RFC3339_EXTENDED) : $value,
            $this->shown(),
        );
    }

    /** What may be printed, in one line. */
    final public function __toString(): string
    {
        $name = substr(static::class, (int) strrpos(static::class, '\\') + 1);
        return $name . json_encode($this, \JSON_UNESCAPED_UNICODE | \JSON_UNESCAPED_SLASHES | \JSON_INVALID_UTF8_SUBSTITUTE);
    }

    /** @return array<string, mixed> */
    final public function __serialize(): array
    {
        throw new StateException('invalid_state', 'a record is not serialized: it may be personal; see expose()');
    }

    /** @param array<string, mixed> $data */
    final public function __unserialize(#[\SensitiveParameter] array $data): void
    {
        throw new StateException('invalid_state', 'a record is not serialized: it may be personal; see expose()');
    }

    private function __clone()
    {
    }

    /** @param array<string, mixed> $values */
    final protected function hide(#[\SensitiveParameter] array $values): void
    {
        foreach ($values as $name => $value) {
            if (static::SCHEMA[$name][1] === [Model\Pair::class]) {
                $values[$name] = self::pairs($value);
            }
        }
        Vault::put($this, $values);
    }

    /**
     * @param array<array-key, mixed> $given
     * @return array<array-key, mixed>
     */
    private static function pairs(#[\SensitiveParameter] array $given): array
    {
        $made = [];
        foreach ($given as $name => $value) {
            $made[] = is_string($value) ? new Model\Pair((string) $name, $value) : $value;
        }
        return $made;
    }

    /** @return array<string, mixed> */
    private function shown(): array
    {
        $made = [];
        foreach (static::SCHEMA as $name => [, , $flags]) {
            if (str_contains($flags, 's')) {
                $made[$name] = $this->{$name};
            }
        }
        return $made;
    }

    private function read(string $name): mixed
    {
        return str_contains(static::SCHEMA[$name][2], 's') ? $this->{$name} : Vault::get($this, $name);
    }

    /**
     * @internal the request as an operation takes it: what is not given is left out
     */
    final public function toWire(string $within = ''): \stdClass
    {
        $made = new \stdClass();
        foreach (static::SCHEMA as $name => [$wire, $type, $flags]) {
            $value = $this->read($name);
            if ($value === null && !str_contains($flags, 'r')) {
                continue;
            }
            $made->{$wire} = $this->written($type, $value, $within === '' ? $wire : "{$within}.{$wire}", true);
        }
        return $made;
    }

    private function written(mixed $type, #[\SensitiveParameter] mixed $value, string $place, bool $request = false): mixed
    {
        if ($value === null) {
            return null;
        }
        if (is_array($type)) {
            $made = [];
            foreach ($value as $one) {
                $made[] = $this->written($type[0], $one, $place, $request);
            }
            return $made;
        }
        if ($value instanceof self && is_a($value, $type)) {
            return $request ? $value->toWire($place) : $value->expose();
        }
        $made = match (true) {
            $type === 'string' && is_string($value), $type === 'integer' && is_int($value) => $value,
            $type === 'boolean' && is_bool($value) => $value,
            $type === 'json' => $value,
            $type === 'bytes' && is_string($value) => base64_encode($value),
            $type === 'instant' && $value instanceof \DateTimeInterface => self::millis($value),
            $type === 'map' && is_array($value) => (object) $value,
            self::isScalar($type) => throw self::wrong($place),
            enum_exists($type) && $value instanceof $type => $value->value,
            enum_exists($type) && is_string($value) => $value,
            default => throw self::wrong($place),
        };
        if (is_string($made) && preg_match('//u', $made) !== 1) {
            throw new InvalidValueException('invalid_argument', 'must be well-formed UTF-8', field: $place);
        }
        return $made;
    }

    /** Whether it is no name of a class: the shop's autoloader must not be asked for one called `string`. */
    private static function isScalar(string $type): bool
    {
        return in_array($type, ['string', 'integer', 'boolean', 'json', 'bytes', 'instant', 'map'], true);
    }

    private static function wrong(string $place): InvalidValueException
    {
        return new InvalidValueException('invalid_argument', 'is of a wrong type', field: $place);
    }

    private static function millis(\DateTimeInterface $at): int
    {
        return $at->getTimestamp() * 1000 + intdiv((int) $at->format('u'), 1000);
    }

    /** @internal what an operation answered */
    final public static function fromWire(#[\SensitiveParameter] mixed $answer): static
    {
        if (!$answer instanceof \stdClass) {
            throw self::strange();
        }
        $values = [];
        foreach (static::SCHEMA as $name => [$wire, $type, $flags]) {
            $value = $answer->{$wire} ?? null;
            if ($value === null) {
                if (str_contains($flags, 'n') && str_contains($flags, 'r')) {
                    $values[$name] = null;
                } elseif (is_array($type) && !str_contains($flags, 'n')) {
                    // A library of the same interface that is older does not tell it yet.
                    $values[$name] = [];
                }
                continue;
            }
            $values[$name] = self::heard($type, $value);
        }
        try {
            return new static(...$values);
        } catch (\ArgumentCountError | \TypeError) {
            throw self::strange();
        }
    }

    private static function heard(mixed $type, #[\SensitiveParameter] mixed $value): mixed
    {
        if (is_array($type)) {
            if (!is_array($value)) {
                throw self::strange();
            }
            return array_map(static fn (mixed $one): mixed => self::heard($type[0], $one), $value);
        }
        if (!self::isScalar($type) && is_a($type, self::class, true)) {
            return $type::fromWire($value);
        }
        if ($type === Outcome::class) {
            // What this package has no word for must not be repeated by hand either.
            return is_string($value) ? Outcome::tryFrom($value) ?? Outcome::Unknown : throw self::strange();
        }
        if (!self::isScalar($type) && enum_exists($type)) {
            return is_string($value) ? $type::tryFrom($value) ?? $value : throw self::strange();
        }
        return match ($type) {
            'bytes' => is_string($value) ? (string) base64_decode($value, true) : throw self::strange(),
            'instant' => is_int($value) ? self::instant($value) : throw self::strange(),
            'map' => (array) $value,
            default => $value,
        };
    }

    private static function instant(int $millis): \DateTimeImmutable
    {
        $seconds = intdiv($millis, 1000);
        $rest = $millis % 1000;
        if ($rest < 0) {
            $seconds--;
            $rest += 1000;
        }
        return (new \DateTimeImmutable('@' . $seconds))->setTime(
            (int) gmdate('G', $seconds),
            (int) gmdate('i', $seconds),
            (int) gmdate('s', $seconds),
            $rest * 1000,
        );
    }

    private static function strange(): LibraryException
    {
        return new LibraryException(
            'panic',
            'the library answered something that ' . static::class . ' has no place for',
            hint: 'This is a bug. Read the purchase again before going on, and report it.',
            hintJa: '不具合です。購入の状態を読み直してから続行し、不具合を報告してください。',
        );
    }
}
