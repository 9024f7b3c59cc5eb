<?php

declare(strict_types=1);

namespace Netmile;

use Netmile\Model\DropHandleAnswer;
use Netmile\Model\NoticeAnswer;
use Netmile\Model\Page;
use Netmile\Model\XmlNoticeAnswer;

/** Between a web server's request and the client, for shops without a framework. */
final class Http
{
    /** The largest body that is read; the library refuses what is larger than its own limits. */
    public const MOST_BYTES = 16 * 1024 * 1024;

    /** What was posted, untouched: notices are hashed over their bytes. */
    public static function body(): string
    {
        $input = fopen('php://input', 'rb');
        $body = $input === false ? '' : (string) stream_get_contents($input, self::MOST_BYTES + 1);
        if ($input !== false) {
            fclose($input);
        }
        return $body;
    }

    /** The content type of what was posted. */
    public static function contentType(): ?string
    {
        $type = $_SERVER['CONTENT_TYPE'] ?? null;
        return \is_string($type) && $type !== '' && preg_match('//u', $type) === 1 ? $type : null;
    }

    /** Sends an answer of the client, byte for byte. Nothing else may be sent. */
    public static function send(NoticeAnswer|XmlNoticeAnswer|Page|DropHandleAnswer $answer): void
    {
        http_response_code($answer->status);
        if (!$answer instanceof DropHandleAnswer) {
            header("Content-Type: {$answer->contentType}");
        }
        if ($answer instanceof Page || $answer instanceof DropHandleAnswer) {
            foreach ($answer->headers as $header) {
                header("{$header->name}: {$header->value}");
            }
        }
        header('Content-Length: ' . \strlen($answer->body));
        echo $answer->body;
    }
}
