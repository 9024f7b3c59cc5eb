import os

import netmile
from client import contract
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

client = netmile.AsyncClient(contract, journal=os.environ["NETMILE_JOURNAL"], lang="ja")


async def notify(request: Request) -> Response:
    answer = await client.notices.handle(await request.body(), request.headers.get("content-type"))
    return Response(answer.body, answer.status, media_type=answer.content_type)


app = Starlette(routes=[Route("/notify", notify, methods=["POST"])])
