<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * Registration, update or deletion of a customer's payment data (B01-1, C01-1).
 *
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read list<string> $payMethods Tags of the methods meant.
 * @property-read Urls $urls Where the gateway sends the browser and its notice.
 * @property-read string $spsCustNo Which stored customer is meant, 12 digits.
 * @property-read string $spsPaymentNo Which stored payment data is meant, 3 digits.
 * @property-read list<string> $free At most three free texts.
 * @property-read list<Pair> $freeCsv `free_csv`, for methods that want it. Personal.
 */
final readonly class RegistrationRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'custCode' => ['cust_code', 'string', 'r'],
        'payMethods' => ['pay_methods', ['string'], 'r'],
        'urls' => ['urls', Urls::class, 'r'],
        'terminal' => ['terminal', \Netmile\Terminal::class, 'rs'],
        'spsCustNo' => ['sps_cust_no', 'string', ''],
        'spsPaymentNo' => ['sps_payment_no', 'string', ''],
        'free' => ['free', ['string'], ''],
        'freeCsv' => ['free_csv', [Pair::class], ''],
    ];

    /**
     * @param string $custCode The customer's id at the shop. Personal.
     * @param list<string> $payMethods Tags of the methods meant.
     * @param Urls $urls Where the gateway sends the browser and its notice.
     * @param \Netmile\Terminal|string $terminal What the customer holds.
     * @param string $spsCustNo Which stored customer is meant, 12 digits.
     * @param string $spsPaymentNo Which stored payment data is meant, 3 digits.
     * @param list<string> $free At most three free texts.
     * @param list<Pair>|array<string, string> $freeCsv `free_csv`, for methods that want it. Personal.
     */
    public function __construct(
        #[\SensitiveParameter] string $custCode,
        #[\SensitiveParameter] array $payMethods,
        #[\SensitiveParameter] Urls $urls,
        public \Netmile\Terminal|string $terminal,
        #[\SensitiveParameter] string $spsCustNo = '',
        #[\SensitiveParameter] string $spsPaymentNo = '',
        #[\SensitiveParameter] array $free = [],
        #[\SensitiveParameter] array $freeCsv = [],
    ) {
        $this->hide([
            'custCode' => $custCode,
            'payMethods' => $payMethods,
            'urls' => $urls,
            'spsCustNo' => $spsCustNo,
            'spsPaymentNo' => $spsPaymentNo,
            'free' => $free,
            'freeCsv' => $freeCsv,
        ]);
    }
}
