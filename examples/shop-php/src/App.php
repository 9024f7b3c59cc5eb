<?php

declare(strict_types=1);

namespace Shop;

use Netmile\Exception\LibraryException;
use Netmile\Exception\NetmileException;
use Netmile\Exception\StateException;
use Netmile\Exception\TransportException;
use Netmile\Http;
use Netmile\ReturnedBy;

/** Which page answers which request. */
final class App
{
    private const MOST_FORM_BYTES = 64 * 1024;

    private readonly Pages $pages;

    public function __construct(private readonly Payments $payments, private readonly Orders $orders, #[\SensitiveParameter] private readonly string $staffPassword)
    {
        $this->pages = new Pages(Words::asked());
    }

    public static function fromEnvironment(): self
    {
        $gateway = getenv('NETMILE_GATEWAY') ?: throw new \RuntimeException('NETMILE_GATEWAY must be the URL of the mock gateway');
        $ownUrl = getenv('SHOP_URL') ?: throw new \RuntimeException('SHOP_URL must be the URL under which this shop is reached');
        $directory = getenv('SHOP_DIRECTORY') ?: sys_get_temp_dir();
        $payments = new Payments($gateway, rtrim($ownUrl, '/'), $directory, getenv('NETMILE_HASH_KEY') ?: null);
        return new self($payments, new Orders($directory), (string) getenv('SHOP_STAFF_PASSWORD'));
    }

    public function answer(string $method, string $path): void
    {
        if ((int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > self::MOST_FORM_BYTES) {
            $this->pages->message('bad', status: 413);
            return;
        }
        $order = preg_match('~^/orders/([0-9a-f]{24})(/pay|/charge)?$~', $path, $found) === 1 ? $this->orders->get($found[1]) : null;
        match (true) {
            "{$method} {$path}" === 'GET /' => $this->pages->shelf(),
            "{$method} {$path}" === 'POST /orders' => $this->add(),
            "{$method} {$path}" === 'POST /notify' => $this->notify(),
            "{$method} {$path}" === 'GET /staff' => $this->staff(),
            "{$method} {$path}" === 'POST /staff/refund' => $this->refund(),
            $path === '/success' || $path === '/cancel' || $path === '/error' => $this->returned($method, ReturnedBy::from(substr($path, 1))),
            $order === null => $this->pages->message('not_found', status: 404),
            $method === 'GET' && !isset($found[2]) => $this->pages->order($order, $this->payments->state($order)),
            $method === 'POST' && ($found[2] ?? '') === '/pay' => $this->pay($order),
            $method === 'POST' && ($found[2] ?? '') === '/charge' => $this->charge($order),
            default => $this->pages->message('not_found', status: 404),
        };
    }

    private function add(): void
    {
        $item = Item::all()[(string) self::posted('item')] ?? null;
        if ($item === null) {
            $this->pages->message('not_found', status: 404);
            return;
        }
        self::redirect('/orders/' . $this->orders->add($item));
    }

    private function pay(Order $order): void
    {
        $order = $this->chosenAnew($order);
        if ($order->way !== 'link' && !$this->orders->choose($order->id, 'link')) {
            self::redirect("/orders/{$order->id}");
            return;
        }
        try {
            Http::send($this->payments->start($order));
        } catch (StateException) {
            // It is paid, or on its way: the page tells.
            self::redirect("/orders/{$order->id}");
        }
    }

    /** A refusal that was found out later leads back to the choice too. */
    private function chosenAnew(Order $order): Order
    {
        if ($this->payments->state($order) !== State::Rejected) {
            return $order;
        }
        $this->orders->chooseAgain($order->id, $order->attempt);
        return $this->orders->get($order->id) ?? $order;
    }

    private function charge(Order $order): void
    {
        $order = $this->chosenAnew($order);
        if (!$this->orders->choose($order->id, 'miles')) {
            self::redirect("/orders/{$order->id}");
            return;
        }
        $order = $this->orders->get($order->id) ?? $order;
        try {
            $outcome = $this->payments->charge($order, (string) self::posted('member'));
        } catch (LibraryException $error) {
            // The one error after which something may have been sent: the journal tells, and upkeep finds out.
            error_log("charge failed: {$error->getMessage()}");
            self::redirect("/orders/{$order->id}");
            return;
        } catch (NetmileException $error) {
            // Nothing was sent.
            error_log("charge not sent: {$error->getMessage()}");
            $this->orders->chooseAgain($order->id, $order->attempt);
            http_response_code($error instanceof TransportException ? 503 : 422);
            $this->pages->order($this->orders->get($order->id) ?? $order, State::Open, $error instanceof TransportException ? 'not_sent' : 'not_paid');
            return;
        }
        if ($outcome->isRejected()) {
            $this->orders->chooseAgain($order->id, $order->attempt);
            $this->pages->order($this->orders->get($order->id) ?? $order, State::Rejected);
            return;
        }
        $this->payments->deliver($this->orders);
        self::redirect("/orders/{$order->id}");
    }

    private function notify(): void
    {
        try {
            $answer = $this->payments->notice(Http::body(), Http::contentType());
        } catch (NetmileException $error) {
            // The payment stays at the gateway, which may not repeat its notice by itself: have it sent again from its management page.
            error_log("notice not recorded, have it sent again: {$error->getMessage()}");
            http_response_code(500);
            return;
        }
        Http::send($answer);
        if (\function_exists('fastcgi_finish_request')) {
            // The gateway has its answer; what follows may take its time.
            fastcgi_finish_request();
        }
        try {
            $this->payments->deliver($this->orders);
        } catch (NetmileException $error) {
            // The notice is recorded and answered; upkeep delivers.
            error_log("not delivered yet: {$error->getMessage()}");
        }
    }

    private function returned(string $method, ReturnedBy $by): void
    {
        $order = $method === 'POST' ? $this->payments->returned($by, Http::body(), Http::contentType()) : null;
        if ($order === null) {
            $this->pages->message('order', 'not_paid');
            return;
        }
        self::redirect("/orders/{$order}");
    }

    private function staff(): void
    {
        if (!$this->isStaff()) {
            return;
        }
        $orders = array_map(fn (Order $order): array => [$order, $this->payments->state($order)], $this->orders->newest());
        $this->pages->staff($orders, $this->token(...));
    }

    private function refund(): void
    {
        if (!$this->isStaff()) {
            return;
        }
        $order = $this->orders->get((string) self::posted('order'));
        if ($order === null || !hash_equals($this->token($order), (string) self::posted('token'))) {
            $this->pages->message('bad', status: 403);
            return;
        }
        try {
            $this->pages->refund($this->payments->refund($order));
        } catch (NetmileException $error) {
            error_log("no refund: {$error->getMessage()}");
            $this->pages->message('refund', 'refund_failed', 409);
        }
    }

    /** Asks for the password; without one there is no such page. */
    private function isStaff(): bool
    {
        if ($this->staffPassword === '') {
            $this->pages->message('not_found', status: 404);
            return false;
        }
        if (!hash_equals($this->staffPassword, (string) ($_SERVER['PHP_AUTH_PW'] ?? ''))) {
            header('WWW-Authenticate: Basic realm="staff", charset="UTF-8"');
            $this->pages->message('bad', status: 401);
            return false;
        }
        return true;
    }

    /** Another site can not make a browser of the staff post it. */
    private function token(Order $order): string
    {
        return hash_hmac('sha256', "refund {$order->id}", $this->staffPassword);
    }

    private static function posted(string $name): ?string
    {
        $value = $_POST[$name] ?? null;
        return \is_string($value) ? $value : null;
    }

    /** So that reload and back are safe. */
    private static function redirect(string $path): void
    {
        http_response_code(303);
        header("Location: {$path}");
    }
}
