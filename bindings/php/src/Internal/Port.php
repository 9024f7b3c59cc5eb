<?php

declare(strict_types=1);

namespace Netmile\Internal;

use Netmile\HttpRequest;
use Netmile\HttpResponse;
use Netmile\NotSent;
use Netmile\Record;
use Netmile\Transport;

/**
 * How calls reach the library.
 *
 * @internal
 */
final class Port
{
    use Sealed;

    private const NOT_SENT = '{"result":"not_sent"}';
    private const LOST = '{"result":"lost"}';

    public function __construct(Handle $handle, ?Transport $transport)
    {
        Vault::put($this, ['handle' => $handle, 'transport' => $transport]);
    }

    public function handle(): Handle
    {
        return Vault::get($this, 'handle');
    }

    public function transport(): ?Transport
    {
        return Vault::get($this, 'transport');
    }

    /**
     * Runs one operation.
     *
     * @template T of Record
     * @param class-string<T> $answer
     * @return T
     */
    public function call(string $operation, Record $request, string $answer): Record
    {
        $asked = Json::encode($request->toWire());
        $transport = $this->transport();
        if ($transport === null) {
            return $answer::fromWire(Json::decode($this->handle()->invoke($operation, $asked)));
        }
        return $answer::fromWire($this->bySteps($transport, $this->handle()->start($operation, $asked)));
    }

    private function bySteps(Transport $transport, Run $run): \stdClass
    {
        $step = Json::decode($run->step(null));
        while ($step->step === 'send') {
            $step = Json::decode($run->step(self::sent($transport, $step)));
            if (isset($step->problem)) {
                error_log("netmile: the answer of the transport can not be used: {$step->problem->field} {$step->problem->detail}");
            }
        }
        return $step->answer;
    }

    /** What became of a request, in the words of the library. */
    private static function sent(Transport $transport, #[\SensitiveParameter] \stdClass $step): string
    {
        $asked = $step->request;
        try {
            $headers = [];
            foreach ($asked->headers as $header) {
                $headers[] = [$header->name, $header->value];
            }
            $body = (string) base64_decode($asked->body, true);
            // No time left is not 0, which HTTP clients take for no limit.
            $left = isset($step->timeout_ms) ? max(1, $step->timeout_ms) / 1000 : null;
            return self::answered($transport->send(new HttpRequest($asked->method, $asked->url, $headers, $body, $left)));
        } catch (NotSent) {
            return self::NOT_SENT;
        } catch (\Throwable) {
            // It may have arrived. The journal knows of it, and what was thrown could quote it.
            return self::LOST;
        }
    }

    private static function answered(HttpResponse $response): string
    {
        return Json::encode([
            'result' => 'answered',
            'status' => $response->status,
            'content_type' => $response->contentType,
            'body' => base64_encode($response->body),
        ]);
    }
}
