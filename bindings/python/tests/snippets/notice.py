import logging
from typing import Optional

import netmile
from client import client


def notify(body: bytes, content_type: Optional[str]) -> netmile.NoticeAnswer:
    answer = client.notices.handle(body, content_type)
    if answer.problem:
        logging.warning("notice: %s %s", answer.problem.code, answer.problem.hint)
    return answer


def text_for_the_customer(body: bytes, content_type: Optional[str]) -> str:
    back = client.returns.read("success", body, content_type)
    if back.purchase and back.purchase.phase == netmile.Phase.PAID:
        return "ありがとうございました"
    return "お支払いを確認しています"
