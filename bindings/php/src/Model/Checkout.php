<?php

// Made by tools/generate.php; do not edit.

declare(strict_types=1);

namespace Netmile\Model;

use Netmile\Record;

/**
 * A signed form that is in the journal and may be handed out.
 *
 * @property-read SignedForm $form What the browser posts.
 * @property-read ?string $hosted What an app needs to show the payment in a web view, as JSON without any secret;
 *     absent when two of the browser's URLs are the same.
 * @property-read Page $page A whole page that posts the form by itself.
 */
final readonly class Checkout extends Record
{
    /** @internal */
    public const SCHEMA = [
        'purchaseId' => ['purchase_id', 'string', 'rs'],
        'orderId' => ['order_id', 'string', 'rs'],
        'form' => ['form', SignedForm::class, 'r'],
        'hosted' => ['hosted', 'string', 'n'],
    ];

    /** @internal */
    public const SHORTCUTS = ['page' => ['form', 'page']];

    /**
     * @param string $purchaseId The shop's id.
     * @param string $orderId The id of this attempt at the gateway.
     * @param SignedForm $form What the browser posts.
     * @param ?string $hosted What an app needs to show the payment in a web view, as JSON without any secret;
     *     absent when two of the browser's URLs are the same.
     */
    public function __construct(
        public string $purchaseId,
        public string $orderId,
        #[\SensitiveParameter] SignedForm $form,
        #[\SensitiveParameter] ?string $hosted = null,
    ) {
        $this->hide([
            'form' => $form,
            'hosted' => $hosted,
        ]);
    }
}
