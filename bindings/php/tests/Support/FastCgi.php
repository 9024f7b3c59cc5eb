<?php

declare(strict_types=1);

namespace Netmile\Tests\Support;

/** One request over FastCGI, as a web server makes it. */
final class FastCgi
{
    public function __construct(private readonly string $socket)
    {
    }

    /**
     * @param array<string, string> $more
     * @return array{int, array<string, string>, string} status, headers, body
     */
    public function request(string $script, string $path, string $query = '', string $body = '', array $more = []): array
    {
        $socket = stream_socket_client("unix://{$this->socket}", timeout: 10);
        stream_set_timeout($socket, 60);
        $parameters = [
            'SCRIPT_FILENAME' => $script,
            'SCRIPT_NAME' => '/index.php',
            'PATH_INFO' => $path,
            'REQUEST_URI' => $path . ($query === '' ? '' : "?{$query}"),
            'REQUEST_METHOD' => $body === '' ? 'GET' : 'POST',
            'QUERY_STRING' => $query,
            'CONTENT_TYPE' => $body === '' ? '' : 'application/x-www-form-urlencoded',
            'CONTENT_LENGTH' => (string) strlen($body),
            'SERVER_PROTOCOL' => 'HTTP/1.1',
            ...$more,
        ];
        $encoded = '';
        foreach ($parameters as $name => $value) {
            $encoded .= self::length($name) . self::length($value) . $name . $value;
        }
        $sent = self::record(1, pack('nCx5', 1, 0)) . self::record(4, $encoded) . self::record(4, '');
        foreach (str_split($body, 60_000) as $part) {
            $sent .= $part === '' ? '' : self::record(5, $part);
        }
        fwrite($socket, $sent . self::record(5, ''));
        $out = '';
        while (strlen($head = (string) stream_get_contents($socket, 8)) === 8) {
            $record = unpack('Cversion/Ctype/nid/nlength/Cpadding', $head);
            $content = $record['length'] + $record['padding'] > 0 ? (string) stream_get_contents($socket, $record['length'] + $record['padding']) : '';
            if ($record['type'] === 6) {
                $out .= substr($content, 0, $record['length']);
            }
        }
        fclose($socket);
        [$lines, $answer] = [...explode("\r\n\r\n", $out, 2), ''];
        $headers = [];
        foreach (explode("\r\n", $lines) as $line) {
            [$name, $value] = [...explode(':', $line, 2), ''];
            $headers[strtolower($name)] = trim($value);
        }
        return [(int) ($headers['status'] ?? 200), $headers, $answer];
    }

    private static function record(int $type, string $content): string
    {
        return pack('CCnnCx', 1, $type, 1, strlen($content), 0) . $content;
    }

    private static function length(string $text): string
    {
        return strlen($text) < 128 ? chr(strlen($text)) : pack('N', strlen($text) | 0x80000000);
    }
}
