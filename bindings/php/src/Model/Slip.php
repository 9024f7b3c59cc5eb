<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a slip needs. All of it is personal.
 *
 * @property-read string $lastName Family name, at most 20 bytes in Shift_JIS.
 * @property-read string $firstName First name.
 * @property-read string $zip Postal code, 7 digits.
 * @property-read string $prefecture Prefecture.
 * @property-read string $address Town and street.
 * @property-read string $tel Telephone, 9 to 11 digits.
 * @property-read string $mail Mail address.
 * @property-read string $lastNameKana Family name in full-width katakana.
 * @property-read string $firstNameKana First name in full-width katakana.
 * @property-read string $building Building.
 */
final readonly class Slip extends Record
{
    /** @internal */
    public const SCHEMA = [
        'store' => ['store', 'string', 'rs'],
        'lastName' => ['last_name', 'string', 'r'],
        'firstName' => ['first_name', 'string', 'r'],
        'zip' => ['zip', 'string', 'r'],
        'prefecture' => ['prefecture', 'string', 'r'],
        'address' => ['address', 'string', 'r'],
        'tel' => ['tel', 'string', 'r'],
        'mail' => ['mail', 'string', 'r'],
        'lastNameKana' => ['last_name_kana', 'string', ''],
        'firstNameKana' => ['first_name_kana', 'string', ''],
        'building' => ['building', 'string', ''],
        'payBy' => ['pay_by', 'string', 'ns'],
    ];

    /**
     * @param string $store `seven_eleven`, `lawson`, `ministop`, `family_mart` or `seicomart`.
     * @param string $lastName Family name, at most 20 bytes in Shift_JIS.
     * @param string $firstName First name.
     * @param string $zip Postal code, 7 digits.
     * @param string $prefecture Prefecture.
     * @param string $address Town and street.
     * @param string $tel Telephone, 9 to 11 digits.
     * @param string $mail Mail address.
     * @param string $lastNameKana Family name in full-width katakana.
     * @param string $firstNameKana First name in full-width katakana.
     * @param string $building Building.
     * @param ?string $payBy Last day on which it can be paid, `YYYYMMDD`.
     */
    public function __construct(
        public string $store,
        #[\SensitiveParameter] string $lastName,
        #[\SensitiveParameter] string $firstName,
        #[\SensitiveParameter] string $zip,
        #[\SensitiveParameter] string $prefecture,
        #[\SensitiveParameter] string $address,
        #[\SensitiveParameter] string $tel,
        #[\SensitiveParameter] string $mail,
        #[\SensitiveParameter] string $lastNameKana = '',
        #[\SensitiveParameter] string $firstNameKana = '',
        #[\SensitiveParameter] string $building = '',
        public ?string $payBy = null,
    ) {
        $this->hide([
            'lastName' => $lastName,
            'firstName' => $firstName,
            'zip' => $zip,
            'prefecture' => $prefecture,
            'address' => $address,
            'tel' => $tel,
            'mail' => $mail,
            'lastNameKana' => $lastNameKana,
            'firstNameKana' => $firstNameKana,
            'building' => $building,
        ]);
    }
}
