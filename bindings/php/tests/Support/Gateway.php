<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

/** What the gateway does, written independently of the library: Shift_JIS, forms, hashes, notices. */
final class Gateway
{
    public const KEY = 'TESTHASHKEY0123456789abcdef0123456789abc';
    public const TRACKING = '12345678901234';

    private const REQUEST_PART = ['pay_method', 'merchant_id', 'service_id', 'cust_code', 'sps_cust_no', 'sps_payment_no',
        'order_id', 'item_id', 'pay_item_id', 'item_name', 'tax', 'amount', 'pay_type', 'auto_charge_type', 'service_type',
        'div_settele', 'last_charge_month', 'camp_type', 'tracking_id', 'terminal_type', 'free1', 'free2', 'free3'];
    private const RESULT_PART = ['res_pay_method', 'res_result', 'res_tracking_id', 'res_sps_cust_no', 'res_sps_payment_no',
        'res_payinfo_key', 'res_payment_date', 'res_err_code', 'res_date', 'limit_second'];

    /** Japanese time, so many seconds from now. */
    public static function jst(int $offset = 0): string
    {
        return gmdate('YmdHis', time() + 9 * 3600 + $offset);
    }

    /**
     * A signed result as it is posted, its fields in another order than they were hashed.
     *
     * @param list<\Netmile\Model\Pair> $posted
     * @param array<string, string> $changed
     */
    public static function result(
        array $posted,
        array $changed = [],
        bool $browser = false,
        string $key = self::KEY,
        ?string $at = null,
    ): string {
        $asked = [];
        foreach ($posted as $pair) {
            $asked[$pair->name] ??= $pair->value;
        }
        $now = $at ?? self::jst();
        $result = ['res_pay_method' => 'netmile', 'res_result' => 'OK', 'res_tracking_id' => self::TRACKING,
            'res_payment_date' => $now, 'res_date' => $now, 'limit_second' => '600'];
        $fields = [];
        foreach (self::REQUEST_PART as $name) {
            $fields[$name] = $changed[$name] ?? $asked[$name] ?? '';
        }
        $fields['request_date'] = $changed['request_date'] ?? $asked['request_date'];
        foreach (self::RESULT_PART as $name) {
            $fields[$name] = $changed[$name] ?? $result[$name] ?? '';
        }
        $text = implode('', $fields) . $key;
        $fields['sps_hashcode'] = $browser ? sha1(self::shiftJis($text)) : strtoupper(sha1($text));
        return self::form(array_reverse($fields));
    }

    /** @param iterable<string, string> $fields */
    public static function form(iterable $fields, bool $shiftJis = true): string
    {
        $parts = [];
        foreach ($fields as $name => $value) {
            $parts[] = $name . '=' . self::escaped($shiftJis ? self::shiftJis($value) : $value);
        }
        return implode('&', $parts);
    }

    /** As browsers write it. */
    public static function shiftJis(string $text): string
    {
        return mb_convert_encoding($text, 'SJIS-win', 'UTF-8');
    }

    private static function escaped(string $value): string
    {
        return str_replace(['%20', '~', '%2A'], ['+', '%7E', '*'], rawurlencode($value));
    }
}
