<?php

declare(strict_types=1);

namespace Netmile\Tests;

use Netmile\HttpRequest;
use Netmile\Tests\Support\Browser;
use Netmile\Tests\Support\Server;
use Netmile\Tests\Support\ShopCase;

/** What the READMEs show is what runs here. */
final class ReadmeTest extends ShopCase
{
    private const SNIPPETS = __DIR__ . '/../snippets';

    public function testTheReadmesShowTheFilesThatAreRun(): void
    {
        $files = [];
        foreach (glob(self::SNIPPETS . '/*.php') ?: [] as $path) {
            $files[basename($path)] = trim(str_replace("<?php\n\ndeclare(strict_types=1);\n", '', (string) file_get_contents($path)));
        }
        foreach (['README.md', 'README.ja.md'] as $readme) {
            preg_match_all('/^```php\n(.*?)^```$/ms', (string) file_get_contents(__DIR__ . "/../{$readme}"), $blocks);
            $shown = array_map('trim', $blocks[1]);
            self::assertSame([], array_diff($shown, $files), "{$readme} shows something else");
            self::assertSame([], array_diff($files, $shown), "{$readme} does not show every snippet");
        }
    }

    public function testTheSnippetsTakeAPayment(): void
    {
        // As the README has it: client, vendor and journal above the document root.
        $directory = $this->directory();
        mkdir("{$directory}/public");
        foreach (glob(self::SNIPPETS . '/*.php') ?: [] as $path) {
            copy($path, basename($path) === 'client.php' ? "{$directory}/client.php" : "{$directory}/public/" . basename($path));
        }
        mkdir("{$directory}/vendor");
        file_put_contents("{$directory}/vendor/autoload.php", '<?php require ' . var_export(getenv('NETMILE_AUTOLOAD'), true) . ';');
        file_put_contents("{$directory}/public/index.php", '<?php http_response_code(404);');
        $environment = ['NETMILE_HASH_KEY' => self::DEMO_KEY, 'NETMILE_ENVIRONMENT' => 'mock', 'NETMILE_BASE_URL' => self::mock()->url];
        $shop = Server::php("{$directory}/public/index.php", static fn (string $url): array => [...$environment, 'SHOP_URL' => $url], "{$directory}/public", router: false);
        try {
            $browser = (new Browser())->open("{$shop->url}/checkout.php");
            $browser->submit('/f01/FepBuyInfoReceive.do')->pay(back: '/success.php');
            self::assertSame("{$shop->url}/success.php", $browser->url);
            self::assertSame('ありがとうございました', $browser->text);
            self::assertMatchesRegularExpression('/^deliver CART-1001, once by \d+ and CART-1001 together\n$/', $browser->open("{$shop->url}/events.php")->text);
            self::assertSame('', $browser->open("{$shop->url}/events.php")->text);
            self::assertSame('paid: 1000', $browser->open("{$shop->url}/charge.php", 'token=tok-1&token_key=key-1')->text);
            self::assertStringStartsWith('unknown_order: ', $browser->open("{$shop->url}/errors.php")->text);
            self::assertFileExists("{$directory}/journal.db");
            self::assertSame([], glob("{$directory}/public/*.db"));
            self::assertStringStartsWith('NG,', $browser->open("{$shop->url}/notify.php", 'nonsense=1')->text);
        } finally {
            $shop->end();
            array_map(unlink(...), glob("{$directory}/public/*") ?: []);
            rmdir("{$directory}/public");
            unlink("{$directory}/vendor/autoload.php");
            rmdir("{$directory}/vendor");
        }
    }

    public function testTheTransportOfTheReadmeSendsABodyByPostOnly(): void
    {
        require_once self::SNIPPETS . '/transport.php';
        $server = Server::php(__DIR__ . '/Support/echo.php', static fn (): array => []);
        try {
            $sent = static fn (string $method, string $body): array
                => json_decode((new \ByCurl())->send(new HttpRequest($method, $server->url, [['Content-Type', 'text/xml']], $body, 30.0))->body, true);
            self::assertSame(['method' => 'GET', 'length' => null, 'body' => ''], $sent('GET', ''));
            self::assertSame(['method' => 'DELETE', 'length' => null, 'body' => ''], $sent('DELETE', ''));
            self::assertSame(['method' => 'POST', 'length' => '4', 'body' => '<x/>'], $sent('POST', '<x/>'));
            self::assertSame(['method' => 'POST', 'length' => '0', 'body' => ''], $sent('POST', ''));
        } finally {
            $server->end();
        }
    }

    public function testTheTransportOfTheReadmeDoesNotWaitForEverWhenNoTimeIsLeft(): void
    {
        require_once self::SNIPPETS . '/transport.php';
        $slow = Server::php(__DIR__ . '/Support/echo.php', static fn (): array => ['ECHO_AFTER' => '10']);
        try {
            (new \ByCurl())->send(new HttpRequest('GET', $slow->url, [], '', 0.0));
            self::fail('it waited for the answer');
        } catch (\RuntimeException $lost) {
            self::assertSame('no answer', $lost->getMessage());
        } finally {
            $slow->end();
        }
    }

    public function testTheTransportOfTheReadmePays(): void
    {
        require_once self::SNIPPETS . '/transport.php';
        $client = self::demo(transport: new \ByCurl());
        self::assertTrue($client->payments->charge(self::charge('R-' . bin2hex(random_bytes(6))))->isDone());
        $nobody = self::demo('http://127.0.0.1:1', transport: new \ByCurl());
        $this->expectException(\Netmile\Exception\TransportException::class);
        $nobody->payments->charge(self::charge('R-1'));
    }
}
