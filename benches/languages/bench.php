<?php

/** PHP: calls through the package, and a charge by it and by hand (curl, hash, SimpleXML). */

declare(strict_types=1);

use Netmile\Client;
use Netmile\Contract;
use Netmile\MessageKind;
use Netmile\Model\CardToken;
use Netmile\Model\ChargeRequest;

require getenv('NETMILE_AUTOLOAD') ?: throw new RuntimeException('NETMILE_AUTOLOAD must name an autoloader');

const KEY = 'TESTHASHKEY0123456789abcdef0123456789abc';

/** Nanoseconds of processor time, of the process: PHP has one thread. */
function used(): int
{
    $spent = getrusage();
    return ($spent['ru_utime.tv_sec'] + $spent['ru_stime.tv_sec']) * 1_000_000_000
        + ($spent['ru_utime.tv_usec'] + $spent['ru_stime.tv_usec']) * 1000;
}

/** Nanoseconds a call, of this thread's own processor time, of the best of a hundred rounds of seven milliseconds. */
function best(Closure $call): float
{
    $found = INF;
    for ($round = 0; $round < 100; ++$round) {
        $started = used();
        for ($calls = 0; used() - $started < 7_000_000; $calls += 16) {
            for ($one = 0; $one < 16; ++$one) {
                $call();
            }
        }
        $found = min($found, (used() - $started) / $calls);
    }
    return $found;
}

function local(string $path): void
{
    $body = (string) file_get_contents($path);
    $client = new Client(Contract::mock('http://127.0.0.1:1', merchantId: '99999', serviceId: '001', hashKey: KEY));
    printf("cheap %.1f\n", best(static fn () => $client->exchanges->equalValue(yen: 1, points: 1)));
    printf("hash %.1f\n", best(static fn () => $client->link->verify(MessageKind::PurchaseNotice, $body)));
}

/** What a developer writes who has the specification and an afternoon. */
final class ByHand
{
    private readonly CurlHandle $curl;

    public function __construct(private readonly stdClass $contract)
    {
        $this->curl = curl_init();
    }

    /** @param array<string, string|array<string, string>> $fields */
    private function send(string $function, array $fields): SimpleXMLElement
    {
        $fields = ['merchant_id' => $this->contract->merchant_id, 'service_id' => $this->contract->service_id, ...$fields,
            'request_date' => self::now(), 'limit_second' => '600'];
        $signed = '';
        $xml = '';
        foreach ($fields as $name => $value) {
            $inner = '';
            foreach (is_array($value) ? $value : ['' => $value] as $leaf => $text) {
                $code = mb_convert_encoding($text, 'CP932', 'UTF-8');
                $signed .= trim($code);
                $written = $code === $text ? htmlspecialchars($text, ENT_XML1) : base64_encode($code);
                $inner .= $leaf === '' ? $written : "<{$leaf}>{$written}</{$leaf}>";
            }
            $xml .= "<{$name}>{$inner}</{$name}>";
        }
        $xml .= '<sps_hashcode>' . sha1($signed . $this->contract->hash_key) . '</sps_hashcode>';
        curl_setopt_array($this->curl, [
            CURLOPT_URL => $this->contract->base_url . '/api/xmlapi.do',
            CURLOPT_POSTFIELDS => "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n<sps-api-request id=\"{$function}\">{$xml}</sps-api-request>",
            CURLOPT_HTTPHEADER => ['content-type: text/xml; charset=Shift_JIS'],
            CURLOPT_USERPWD => $this->contract->merchant_id . $this->contract->service_id . ':' . $this->contract->hash_key,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 60,
        ]);
        $answer = curl_exec($this->curl);
        if (!is_string($answer) || curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE) !== 200) {
            throw new RuntimeException(curl_error($this->curl));
        }
        $parsed = simplexml_load_string($answer);
        if ($parsed === false || (string) $parsed->res_result !== 'OK') {
            throw new RuntimeException($answer);
        }
        return $parsed;
    }

    private static function now(): string
    {
        return gmdate('YmdHis', time() + 9 * 3600);
    }

    public function charge(string $order): void
    {
        $answer = $this->send('ST01-00131-101', [
            'cust_code' => 'CUST0001',
            'order_id' => $order,
            'item_id' => 'ITEM1',
            'item_name' => 'しおり',
            'amount' => '1000',
            'sps_cust_info_return_flg' => '0',
            // A token is good for one charge.
            'pay_option_manage' => ['token' => "token-{$order}", 'token_key' => 'key', 'cust_manage_flg' => '0', 'cardbrand_return_flg' => '1'],
            'encrypted_flg' => '0',
        ]);
        $this->send('ST02-00101-101', ['tracking_id' => (string) $answer->res_tracking_id, 'processing_datetime' => self::now()]);
    }
}

/** By turns, so that whatever else the machine does hits both. */
function charges(stdClass $config, int $count): void
{
    $hand = new ByHand($config->contracts[0]);
    $client = Client::fromConfig($config);
    $own = $sdk = [];
    for ($number = -2; $number < $count; ++$number) {
        $id = $number + 2;
        $started = hrtime(true);
        $hand->charge("PHPHAND-{$id}");
        $between = hrtime(true);
        $outcome = $client->payments->charge(new ChargeRequest(
            id: "PHPSDK-{$id}",
            method: 'credit',
            amount: 1000,
            custCode: 'CUST0001',
            itemId: 'ITEM1',
            itemName: 'しおり',
            token: new CardToken("token-PHPSDK-{$id}", 'key'),
        ));
        $ended = hrtime(true);
        if (!$outcome->isDone()) {
            throw new RuntimeException('a charge failed');
        }
        if ($number >= 0) {
            $own[] = $between - $started;
            $sdk[] = $ended - $between;
        }
    }
    sort($own);
    sort($sdk);
    printf("hand %.0f\nsdk %.0f\n", $own[intdiv($count, 2)] / 1e3, $sdk[intdiv($count, 2)] / 1e3);
}

if ($argv[1] === 'local') {
    local($argv[2]);
} else {
    charges(json_decode($argv[2]), (int) $argv[3]);
}
