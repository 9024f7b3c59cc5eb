<?php

declare(strict_types=1);

namespace Shop;

use Netmile\Model\ChargeOutcome;
use Netmile\Model\RefundTicket;
use Netmile\Outcome;

/** The pages of the shop. */
final class Pages
{
    public function __construct(private readonly Words $words)
    {
    }

    public function shelf(): void
    {
        $cards = '';
        foreach (Item::all() as $item) {
            $cards .= '<li class="card"><h3>' . $this->text($item->name($this->words->lang)) . '</h3><p class="price">'
                . $this->words->yen($item->yen) . '</p><form method="post" action="/orders"><input type="hidden" name="item" value="'
                . $item->id . '"><button>' . $this->say('buy') . '</button></form></li>';
        }
        $this->show('shop', '<p class="lead">' . $this->say('lead') . '</p><h2>' . $this->say('items') . "</h2><ul class=\"cards\">{$cards}</ul>");
    }

    public function order(Order $order, State $state, ?string $note = null): void
    {
        $rows = $this->row('item', $this->text($order->item->name($this->words->lang)))
            . $this->row('sum', $this->words->yen($order->item->yen))
            . $this->row('state', '<span id="state" class="state ' . $state->value . '">' . $this->say($state->value) . '</span>');
        if ($state === State::Paid || ($state === State::Review && $order->delivered)) {
            $rows .= $this->row('delivery', '<span id="delivery">' . $this->say($order->delivered ? 'delivered' : 'not_delivered') . '</span>');
        }
        $rows .= $this->row('order_id', "<code>{$order->id}</code>");
        $body = $note === null ? '' : '<p class="note" role="status">' . $this->say($note) . '</p>';
        $body .= match ($state) {
            State::Paid => '<p class="good" role="status">' . $this->say('thanks_about') . '</p>',
            State::Waiting => '<p class="note" role="status">' . $this->say('waiting_about') . '</p>',
            State::Review => '<p class="note" role="status">' . $this->say('review_about') . '</p>',
            State::Rejected => '<p class="note" role="status">' . $this->say('rejected_about') . '</p>',
            default => '',
        };
        $body .= "<dl>{$rows}</dl>";
        if ($state === State::Open || $state === State::Rejected) {
            $body .= $this->ways($order);
        }
        $this->show(
            $state === State::Paid ? 'thanks' : 'order',
            $body . $this->back(),
            refresh: $state === State::Waiting,
        );
    }

    private function ways(Order $order): string
    {
        $link = '<section class="card"><h2>' . $this->say('pay_link') . '</h2><p>' . $this->say('pay_link_about')
            . "</p><form method=\"post\" action=\"/orders/{$order->id}/pay\"><button>" . $this->say('pay_link') . '</button></form></section>';
        if ($order->way === 'link') {
            return $link;
        }
        return $link . '<section class="card"><h2>' . $this->say('pay_miles') . '</h2><p>' . $this->say('pay_miles_about')
            . "</p><form method=\"post\" action=\"/orders/{$order->id}/charge\"><label>" . $this->say('member')
            . ' <input name="member" required maxlength="32" autocomplete="username" autocapitalize="none"></label><button>'
            . $this->say('pay_miles') . '</button></form></section>';
    }

    /**
     * @param list<array{Order, State}> $orders
     * @param \Closure(Order): string $token
     */
    public function staff(array $orders, \Closure $token): void
    {
        $rows = '';
        foreach ($orders as [$order, $state]) {
            $refund = $state !== State::Paid && $state !== State::Review ? '' : '<form method="post" action="/staff/refund"><input type="hidden" name="order" value="'
                . $order->id . '"><input type="hidden" name="token" value="' . $token($order) . '"><button class="quiet">'
                . $this->say('refund') . '</button></form>';
            $rows .= "<tr><td><a href=\"/orders/{$order->id}\"><code>" . substr($order->id, 0, 8) . '</code></a></td><td>'
                . $this->text($order->item->name($this->words->lang)) . '</td><td class="number">' . $this->words->yen($order->item->yen)
                . "</td><td><span class=\"state {$state->value}\">" . $this->say($state->value) . "</span></td><td>{$refund}</td></tr>";
        }
        $head = implode('', array_map(fn (string $key): string => "<th>{$this->say($key)}</th>", ['order_id', 'item', 'sum', 'state']));
        $this->show('staff', $rows === ''
            ? '<p>' . $this->say('none') . '</p>' . $this->back()
            : "<div class=\"wide\"><table><thead><tr>{$head}<th></th></tr></thead><tbody>{$rows}</tbody></table></div>" . $this->back());
    }

    public function refund(RefundTicket|ChargeOutcome $answer): void
    {
        $body = $answer instanceof ChargeOutcome
            ? match ($answer->outcome) {
                Outcome::Done => '<p class="good" role="status">' . $this->say('refund_done') . '</p>',
                Outcome::Rejected => '<p class="note" role="status">' . $this->say('refund_failed') . '</p>',
                // Not again by hand: upkeep finds out.
                Outcome::Unknown => '<p class="note" role="status">' . $this->say('refund_unknown') . '</p>',
            }
            : '<p class="note" role="status">' . $this->say('refund_link') . '</p><dl>' . $this->row('sum', $this->words->yen($answer->amount))
                . '</dl><p><a class="button" rel="noreferrer" href="' . $this->text($answer->managementUrl ?? '') . '">' . $this->say('management') . '</a></p>';
        $failed = $answer instanceof ChargeOutcome && $answer->outcome === Outcome::Rejected;
        $this->show('refund', $body . '<p><a href="/staff">' . $this->say('staff') . '</a></p>', $failed ? 409 : 200);
    }

    public function message(string $title, ?string $about = null, int $status = 200): void
    {
        $body = $about === null ? '' : '<p class="note" role="status">' . $this->say($about) . '</p>';
        $this->show($title, $body . $this->back(), $status);
    }

    private function show(string $title, string $body, int $status = 200, bool $refresh = false): void
    {
        http_response_code($status);
        header('Content-Type: text/html; charset=utf-8');
        header("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'");
        header('Referrer-Policy: same-origin');
        header('Cache-Control: no-store');
        $path = $this->text(explode('?', (string) ($_SERVER['REQUEST_URI'] ?? '/'))[0]);
        $shop = $this->say('shop');
        $head = $title === 'shop' ? $shop : $this->say($title) . ' — ' . $shop;
        echo "<!DOCTYPE html>\n<html lang=\"{$this->words->lang}\"><head><meta charset=\"utf-8\"><title>{$head}</title>"
            . '<meta name="viewport" content="width=device-width, initial-scale=1">' . ($refresh ? '<meta http-equiv="refresh" content="5">' : '')
            . "<link rel=\"stylesheet\" href=\"/shop.css\"></head><body><header><a class=\"brand\" href=\"/\">{$shop}</a>"
            . "<a href=\"{$path}?lang={$this->words->other()}\" hreflang=\"{$this->words->other()}\" lang=\"{$this->words->other()}\">{$this->say('other')}</a></header>"
            . "<main><h1>{$this->say($title)}</h1>{$body}</main><footer>{$this->say('demo')}</footer></body></html>";
    }

    private function row(string $key, string $value): string
    {
        return "<div><dt>{$this->say($key)}</dt><dd>{$value}</dd></div>";
    }

    private function back(): string
    {
        return '<p><a href="/">' . $this->say('back') . '</a></p>';
    }

    private function say(string $key): string
    {
        return $this->text($this->words->say($key));
    }

    private function text(string $text): string
    {
        return htmlspecialchars($text, \ENT_QUOTES | \ENT_SUBSTITUTE | \ENT_HTML5, 'UTF-8');
    }
}
