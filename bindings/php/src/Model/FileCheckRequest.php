<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A file to check. Exactly one of `file` and `path` is given.
 *
 * @property-read ?string $file The bytes, at most 3 MB. Personal.
 * @property-read ?MileRule $rule What the campaign issues.
 * @property-read bool $anySize Whether more rows than one upload may have are allowed.
 * @property-read ?list<string> $carrierDomains Which mail domains are those of mobile carriers, instead of the
 *     known ones.
 */
final readonly class FileCheckRequest extends Record
{
    /** @internal */
    public const SCHEMA = [
        'kind' => ['kind', 'string', 'rs'],
        'file' => ['file', 'bytes', 'n'],
        'path' => ['path', 'string', 'ns'],
        'rule' => ['rule', MileRule::class, 'n'],
        'anySize' => ['any_size', 'boolean', ''],
        'carrierDomains' => ['carrier_domains', ['string'], 'n'],
    ];

    /**
     * @param string $kind `mail`, `mobile_mail`, `user_id` or `exchange`.
     * @param ?string $file The bytes, at most 3 MB. Personal.
     * @param ?string $path A file on this machine, of any size.
     * @param ?MileRule $rule What the campaign issues.
     * @param bool $anySize Whether more rows than one upload may have are allowed.
     * @param ?list<string> $carrierDomains Which mail domains are those of mobile carriers, instead of the known
     *     ones.
     */
    public function __construct(
        public string $kind,
        #[\SensitiveParameter] ?string $file = null,
        public ?string $path = null,
        #[\SensitiveParameter] ?MileRule $rule = null,
        #[\SensitiveParameter] bool $anySize = false,
        #[\SensitiveParameter] ?array $carrierDomains = null,
    ) {
        $this->hide([
            'file' => $file,
            'rule' => $rule,
            'anySize' => $anySize,
            'carrierDomains' => $carrierDomains,
        ]);
    }
}
