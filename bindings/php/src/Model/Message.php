<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * What a genuine message says. Every field was verified, `extra` excepted.
 *
 * @property-read string $merchantId Merchant.
 * @property-read string $serviceId Service.
 * @property-read string $custCode The customer's id at the shop. Personal.
 * @property-read \DateTimeImmutable $madeAt When the gateway made the message.
 * @property-read int $limitSecond Seconds for which it is valid.
 * @property-read list<DetailRow> $rows Detail rows.
 * @property-read list<Pair> $extra Fields outside the definition. **Not verified.**
 * @property-read ?string $usedPayMethod The method that was used.
 * @property-read ?string $paymentDate When it was paid, as sent.
 * @property-read ?string $spsCustNo Number of the stored customer.
 * @property-read ?string $spsPaymentNo Number of the stored payment data.
 * @property-read ?string $payinfoKey Specific to the method. May be personal.
 */
final readonly class Message extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', \Netmile\MessageKind::class, 'rs'],
        'merchantId' => ['merchant_id', 'string', 'r'],
        'serviceId' => ['service_id', 'string', 'r'],
        'custCode' => ['cust_code', 'string', 'r'],
        'result' => ['result', 'string', 'rs'],
        'madeAt' => ['made_at_ms', 'instant', 'r'],
        'limitSecond' => ['limit_second', 'integer', 'r'],
        'rows' => ['rows', [DetailRow::class], 'r'],
        'extra' => ['extra', [Pair::class], 'r'],
        'orderId' => ['order_id', 'string', 'ns'],
        'amount' => ['amount', 'integer', 'ns'],
        'trackingId' => ['tracking_id', 'string', 'ns'],
        'usedPayMethod' => ['used_pay_method', 'string', 'n'],
        'paymentDate' => ['payment_date', 'string', 'n'],
        'errCode' => ['err_code', 'string', 'ns'],
        'spsCustNo' => ['sps_cust_no', 'string', 'n'],
        'spsPaymentNo' => ['sps_payment_no', 'string', 'n'],
        'payinfoKey' => ['payinfo_key', 'string', 'n'],
    ];

    /**
     * @param \Netmile\MessageKind|string $kind Kind of the message.
     * @param string $merchantId Merchant.
     * @param string $serviceId Service.
     * @param string $custCode The customer's id at the shop. Personal.
     * @param string $result `OK`, `NG`, `PY`, `CN`, `CR`, `CC`, `CL`, or a code that is not known yet.
     * @param \DateTimeImmutable $madeAt When the gateway made the message.
     * @param int $limitSecond Seconds for which it is valid.
     * @param list<DetailRow> $rows Detail rows.
     * @param list<Pair>|array<string, string> $extra Fields outside the definition. **Not verified.**
     * @param ?string $orderId The id at the gateway; a registration has none.
     * @param ?int $amount Yen.
     * @param ?string $trackingId The gateway's id of the payment.
     * @param ?string $usedPayMethod The method that was used.
     * @param ?string $paymentDate When it was paid, as sent.
     * @param ?string $errCode The gateway's error code.
     * @param ?string $spsCustNo Number of the stored customer.
     * @param ?string $spsPaymentNo Number of the stored payment data.
     * @param ?string $payinfoKey Specific to the method. May be personal.
     */
    public function __construct(
        public \Netmile\MessageKind|string $kind,
        #[\SensitiveParameter] string $merchantId,
        #[\SensitiveParameter] string $serviceId,
        #[\SensitiveParameter] string $custCode,
        public string $result,
        #[\SensitiveParameter] \DateTimeImmutable $madeAt,
        #[\SensitiveParameter] int $limitSecond,
        #[\SensitiveParameter] array $rows,
        #[\SensitiveParameter] array $extra,
        public ?string $orderId = null,
        public ?int $amount = null,
        public ?string $trackingId = null,
        #[\SensitiveParameter] ?string $usedPayMethod = null,
        #[\SensitiveParameter] ?string $paymentDate = null,
        public ?string $errCode = null,
        #[\SensitiveParameter] ?string $spsCustNo = null,
        #[\SensitiveParameter] ?string $spsPaymentNo = null,
        #[\SensitiveParameter] ?string $payinfoKey = null,
    ) {
        $this->hide([
            'merchantId' => $merchantId,
            'serviceId' => $serviceId,
            'custCode' => $custCode,
            'madeAt' => $madeAt,
            'limitSecond' => $limitSecond,
            'rows' => $rows,
            'extra' => $extra,
            'usedPayMethod' => $usedPayMethod,
            'paymentDate' => $paymentDate,
            'spsCustNo' => $spsCustNo,
            'spsPaymentNo' => $spsPaymentNo,
            'payinfoKey' => $payinfoKey,
        ]);
    }
}
