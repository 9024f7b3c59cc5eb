<?php

declare(strict_types=1);

namespace Netmile\Exception;

/**
 * Why a call failed. Carries no secret and no personal data; its message is one line that is safe to log.
 *
 * Of a call that answers with an outcome an exception means that nothing was sent, unless its code is `panic`: then
 * read it again by the same id. Of one that works on many things
 * (`resolve`, `billDue`, `issueFile`, `repair`) some may be done: call it again.
 */
class NetmileException extends \RuntimeException
{
    private const KINDS = [
        'hash_mismatch' => VerificationException::class,
        'expired' => VerificationException::class,
        'from_future' => VerificationException::class,
        'mismatch' => VerificationException::class,
        'malformed' => VerificationException::class,
        'duplicate_field' => VerificationException::class,
        'unknown_merchant' => VerificationException::class,
        'invalid_state' => StateException::class,
        'conflict' => StateException::class,
        'configuration' => ConfigurationException::class,
        'not_in_contract' => ConfigurationException::class,
        'invalid_value' => InvalidValueException::class,
        'missing_field' => InvalidValueException::class,
        'not_encodable' => InvalidValueException::class,
        'too_large' => InvalidValueException::class,
        'invalid_argument' => InvalidValueException::class,
        'unknown_order' => NotFoundException::class,
        'transport' => TransportException::class,
        'journal' => JournalException::class,
        'unknown_operation' => LibraryException::class,
        'panic' => LibraryException::class,
        'version_mismatch' => LibraryException::class,
        'library_missing' => LibraryException::class,
    ];

    /**
     * @param string $errorCode Stable code, the same in every language, such as `hash_mismatch`; `getCode()` gives it too.
     * @param string $detail The rule that was broken, or what happened, in English.
     * @param ?string $field The field or argument it is about.
     * @param string $hint What to do about it and who acts, in English.
     * @param string $hintJa The same in Japanese.
     * @param bool $retryable Whether the same call may succeed later without any change.
     */
    final public function __construct(
        public readonly string $errorCode,
        public readonly string $detail,
        public readonly ?string $field = null,
        public readonly string $hint = '',
        public readonly string $hintJa = '',
        public readonly bool $retryable = false,
    ) {
        parent::__construct(($field === null || $field === '' ? '' : "{$field}: ") . "{$detail} ({$errorCode})");
        $this->code = $errorCode;
    }

    /** @internal the exception of the right kind */
    public static function of(
        string $errorCode,
        string $detail,
        ?string $field = null,
        string $hint = '',
        string $hintJa = '',
        bool $retryable = false,
    ): self {
        $kind = self::KINDS[$errorCode] ?? self::class;
        return new $kind($errorCode, $detail, $field, $hint, $hintJa, $retryable);
    }
}
