<?php

declare(strict_types=1);

namespace Netmile\Internal;

use Netmile\Exception\InvalidValueException;
use Netmile\Exception\LibraryException;

/** @internal */
final class Json
{
    public static function encode(#[\SensitiveParameter] mixed $value): string
    {
        try {
            return json_encode($value, \JSON_THROW_ON_ERROR | \JSON_UNESCAPED_UNICODE | \JSON_UNESCAPED_SLASHES);
        } catch (\JsonException) {
            throw new InvalidValueException(
                'invalid_argument',
                'a value is not well-formed UTF-8, or can not be written as JSON',
                hint: 'Correct the call: texts are UTF-8, amounts are integers.',
                hintJa: '呼び出しを修正してください。文字列は UTF-8、金額は整数でなければなりません。',
            );
        }
    }

    /** What the library wrote. */
    public static function decode(#[\SensitiveParameter] string $text): \stdClass
    {
        $value = json_decode($text);
        return $value instanceof \stdClass ? $value : throw new LibraryException('panic', 'the library answered no object');
    }

    /** A text that C sees whole: one with a NUL inside would be cut. */
    public static function cText(#[\SensitiveParameter] string $text, string $field): string
    {
        if (str_contains($text, "\0")) {
            throw new InvalidValueException('invalid_argument', 'must not contain NUL', field: $field);
        }
        return $text;
    }
}
