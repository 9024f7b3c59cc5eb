<?php

declare(strict_types=1);

namespace Shop;

/** The texts of the pages. */
final class Words
{
    private const ALL = [
        'shop' => ['しおり堂', 'Shioridō'],
        'lead' => ['ネットマイルで買える小さなお店です。', 'A small shop that takes NetMile.'],
        'items' => ['商品', 'Goods'],
        'buy' => ['購入する', 'Buy'],
        'order' => ['ご注文', 'Your order'],
        'order_id' => ['注文番号', 'Order'],
        'item' => ['商品', 'Item'],
        'sum' => ['お支払い額', 'Total'],
        'state' => ['状態', 'State'],
        'pay_link' => ['ネットマイルの画面で支払う', 'Pay on the NetMile page'],
        'pay_link_about' => ['ネットマイルの画面に移動してログインし、お支払いください。', 'You are taken to the NetMile page to log in and pay.'],
        'pay_miles' => ['マイルですぐに支払う', 'Pay with miles now'],
        'pay_miles_about' => ['ネットマイルの会員IDを入力すると、この場で支払えます。', 'Enter your NetMile id to pay right here.'],
        'member' => ['会員ID', 'NetMile id'],
        'thanks' => ['ありがとうございました', 'Thank you'],
        'thanks_about' => ['お支払いを確認しました。商品を発送します。', 'Your payment has arrived. We are sending your goods.'],
        'waiting_about' => ['お支払いを確認しています。このままお待ちください。もう一度支払う必要はありません。',
            'We are confirming your payment. Please wait; do not pay again.'],
        'rejected_about' => ['お支払いできませんでした。マイルは使われていません。', 'The payment was refused. No miles were spent.'],
        'not_sent' => ['ただいまお支払いを受け付けられません。マイルは使われていません。しばらくしてからもう一度お試しください。',
            'Payments are out of reach at the moment. No miles were spent. Please try again later.'],
        'not_paid' => ['お支払いは完了していません。', 'You have not paid.'],
        'delivered' => ['発送済み', 'Sent'],
        'not_delivered' => ['準備中', 'Being prepared'],
        'delivery' => ['発送', 'Delivery'],
        'open' => ['お支払い待ち', 'Waiting for payment'],
        'waiting' => ['確認中', 'Being confirmed'],
        'paid' => ['支払い済み', 'Paid'],
        'rejected' => ['お支払い失敗', 'Refused'],
        'refunding' => ['返金手続き中', 'Being refunded'],
        'refunded' => ['返金済み', 'Refunded'],
        'review' => ['担当者が確認中', 'Needs a person'],
        'review_about' => ['お支払いを担当者が確認しています。もう一度支払う必要はありません。', 'Our staff is looking at your payment; do not pay again.'],
        'closed' => ['取引終了', 'Closed'],
        'staff' => ['注文一覧', 'Orders'],
        'refund' => ['返金する', 'Refund'],
        'refund_link' => ['管理画面で返金を実行してください。', 'Execute the refund on the management page.'],
        'management' => ['管理画面を開く', 'Open the management page'],
        'refund_done' => ['返金を受け付けました。', 'The refund is under way.'],
        'refund_unknown' => ['返金の結果を確認しています。もう一度操作する必要はありません。', 'We are confirming the refund. Do not ask for it again.'],
        'refund_failed' => ['返金できません。', 'It can not be refunded.'],
        'none' => ['まだ注文はありません。', 'There are no orders yet.'],
        'back' => ['店へ戻る', 'Back to the shop'],
        'not_found' => ['ページが見つかりません', 'Page not found'],
        'bad' => ['受け付けられません', 'Not accepted'],
        'other' => ['English', '日本語'],
        'demo' => ['これは見本の店です。実際には販売していません。', 'This is an example; nothing is really sold.'],
    ];

    public function __construct(public readonly string $lang)
    {
    }

    /** The language that the address, the cookie or the browser asks for. */
    public static function asked(): self
    {
        $asked = $_GET['lang'] ?? $_COOKIE['lang'] ?? null;
        if ($asked !== 'ja' && $asked !== 'en') {
            $accepted = strtolower((string) ($_SERVER['HTTP_ACCEPT_LANGUAGE'] ?? 'ja'));
            $asked = str_starts_with($accepted, 'en') ? 'en' : 'ja';
        }
        if (isset($_GET['lang'])) {
            setcookie('lang', $asked, ['path' => '/', 'httponly' => true, 'samesite' => 'Lax']);
        }
        return new self($asked);
    }

    public function say(string $key): string
    {
        return self::ALL[$key][$this->lang === 'ja' ? 0 : 1];
    }

    public function yen(int $yen): string
    {
        return $this->lang === 'ja' ? number_format($yen) . '円' : '¥' . number_format($yen);
    }

    public function other(): string
    {
        return $this->lang === 'ja' ? 'en' : 'ja';
    }
}
