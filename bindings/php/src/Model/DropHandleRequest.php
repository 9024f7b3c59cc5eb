<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A request of NetMile to the shop's drop, and the files that the shop keeps there.
 *
 * @property-read list<string> $allow From which addresses NetMile may come: addresses and networks.
 * @property-read string $user Name of the Basic authentication.
 * @property-read string $password Its password. Secret.
 * @property-read string $peerIp Address that the request comes from.
 * @property-read list<DropFileEntry> $files Every file of the drop.
 * @property-read ?string $authorization `Authorization` of the request. Secret.
 * @property-read string $body Body of the request. Personal.
 */
final readonly class DropHandleRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'siteId' => ['site_id', 'string', 'rs'],
        'basePath' => ['base_path', 'string', 'rs'],
        'allow' => ['allow', ['string'], 'r'],
        'user' => ['user', 'string', 'r'],
        'password' => ['password', 'string', 'r'],
        'method' => ['method', 'string', 'rs'],
        'path' => ['path', 'string', 'rs'],
        'peerIp' => ['peer_ip', 'string', 'r'],
        'files' => ['files', [DropFileEntry::class], 'r'],
        'authorization' => ['authorization', 'string', 'n'],
        'body' => ['body', 'bytes', ''],
    ];

    /**
     * @param string $siteId Site.
     * @param string $basePath Where the drop is, such as `/netmile/drop`.
     * @param list<string> $allow From which addresses NetMile may come: addresses and networks.
     * @param string $user Name of the Basic authentication.
     * @param string $password Its password. Secret.
     * @param string $method Method of the request.
     * @param string $path Path of the request, with its query.
     * @param string $peerIp Address that the request comes from.
     * @param list<DropFileEntry> $files Every file of the drop.
     * @param ?string $authorization `Authorization` of the request. Secret.
     * @param string $body Body of the request. Personal.
     */
    public function __construct(
        public string $siteId,
        public string $basePath,
        #[\SensitiveParameter] array $allow,
        #[\SensitiveParameter] string $user,
        #[\SensitiveParameter] string $password,
        public string $method,
        public string $path,
        #[\SensitiveParameter] string $peerIp,
        #[\SensitiveParameter] array $files,
        #[\SensitiveParameter] ?string $authorization = null,
        #[\SensitiveParameter] string $body = '',
    ) {
        $this->hide([
            'allow' => $allow,
            'user' => $user,
            'password' => $password,
            'peerIp' => $peerIp,
            'files' => $files,
            'authorization' => $authorization,
            'body' => $body,
        ]);
    }
}
