<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

/** Walks like a customer's browser: pages, forms and cookies over real HTTP, without the code under test. */
final class Browser
{
    public string $url = '';
    public int $status = 0;
    public string $text = '';
    /** @var array<string, array<string, string>> by host and port */
    private array $cookies = [];
    private string $charset = 'utf-8';

    public function open(string $url, ?string $data = null): self
    {
        for ($redirects = 0; $redirects < 10; $redirects++) {
            $location = $this->once($url, $data);
            if ($location === null) {
                return $this;
            }
            [$url, $data] = [$this->joined($location), null];
        }
        throw new \RuntimeException("too many redirects at {$url}");
    }

    /**
     * Fills in the form whose action ends like this, and sends it in the charset that a browser would take.
     *
     * @param array<string, string> $values
     */
    public function submit(string $ending, array $values = []): self
    {
        $document = new \DOMDocument();
        // The text is UTF-8 by now, whatever the page says.
        @$document->loadHTML('<?xml encoding="utf-8"?>' . preg_replace('/<meta charset[^>]*>/i', '', $this->text));
        foreach ($document->getElementsByTagName('form') as $form) {
            $action = $form->getAttribute('action');
            if (!str_ends_with(explode('?', $action)[0], $ending)) {
                continue;
            }
            $pairs = [];
            foreach ($form->getElementsByTagName('input') as $input) {
                $name = $input->getAttribute('name');
                if ($name !== '' && !in_array($input->getAttribute('type'), ['submit', 'button', 'checkbox', 'radio'], true)) {
                    $pairs[] = [$name, $values[$name] ?? $input->getAttribute('value')];
                    unset($values[$name]);
                }
            }
            foreach ($values as $name => $value) {
                $pairs[] = [$name, $value];
            }
            $charset = strtolower($form->getAttribute('accept-charset') ?: $this->charset);
            $parts = array_map(
                static fn (array $pair): string => Gateway::form([$pair[0] => $pair[1]], in_array($charset, ['shift_jis', 'windows-31j'], true)),
                $pairs,
            );
            return $this->open($this->joined($action), implode('&', $parts));
        }
        throw new \RuntimeException("no form {$ending} on {$this->url} ({$this->status}): " . substr($this->text, 0, 2000));
    }

    /** From the gateway's first page to the shop's success page. */
    public function pay(string $login = 'hanako', string $password = 'hanako-demo', string $back = '/success'): self
    {
        return $this->submit('/login', ['login' => $login, 'password' => $password])->submit('/pay')->submit($back);
    }

    private function once(string $url, ?string $data): ?string
    {
        $host = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
        $headers = [];
        foreach ($this->cookies[$host] ?? [] as $name => $value) {
            $headers[] = "{$name}={$value}";
        }
        $handle = curl_init($url);
        $jar = [];
        $type = '';
        $location = null;
        curl_setopt_array($handle, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 60,
            CURLOPT_PROXY => '',
            CURLOPT_COOKIE => implode('; ', $headers),
            CURLOPT_HEADERFUNCTION => static function ($_, string $line) use (&$jar, &$type, &$location): int {
                [$name, $value] = [...array_map('trim', explode(':', $line, 2)), ''];
                match (strtolower($name)) {
                    'set-cookie' => $jar[] = explode(';', $value)[0],
                    'content-type' => $type = $value,
                    'location' => $location = $value,
                    default => null,
                };
                return strlen($line);
            },
        ]);
        if ($data !== null) {
            curl_setopt_array($handle, [
                CURLOPT_POSTFIELDS => $data,
                CURLOPT_HTTPHEADER => ['Content-Type: application/x-www-form-urlencoded', 'Expect:'],
            ]);
        }
        $text = curl_exec($handle);
        if ($text === false) {
            throw new \RuntimeException("{$url}: " . curl_error($handle));
        }
        foreach ($jar as $cookie) {
            [$name, $value] = explode('=', $cookie, 2);
            $this->cookies[$host][$name] = $value;
        }
        $this->status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        $this->url = $url;
        $this->charset = preg_match('/charset=([\w-]+)/i', $type, $found) === 1 ? strtolower($found[1]) : 'utf-8';
        $shiftJis = in_array($this->charset, ['shift_jis', 'windows-31j'], true);
        $this->text = $shiftJis ? mb_convert_encoding($text, 'UTF-8', 'SJIS-win') : $text;
        return $this->status >= 300 && $this->status < 400 ? $location : null;
    }

    private function joined(string $target): string
    {
        if (preg_match('~^https?://~', $target) === 1) {
            return $target;
        }
        $parts = parse_url($this->url);
        $user = isset($parts['user']) ? "{$parts['user']}:{$parts['pass']}@" : '';
        $base = "{$parts['scheme']}://{$user}{$parts['host']}:{$parts['port']}";
        return str_starts_with($target, '/') ? $base . $target : $base . rtrim(dirname($parts['path'] ?? '/'), '/') . "/{$target}";
    }
}
