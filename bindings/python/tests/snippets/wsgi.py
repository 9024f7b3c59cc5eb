from checkout import checkout
from flask import Flask, Response, request
from notice import notify, text_for_the_customer

app = Flask(__name__)


@app.get("/checkout")
def to_the_gateway() -> Response:
    page = checkout()
    return Response(page.body, page.status, dict(page.headers), content_type=page.content_type)


@app.post("/notify")
def take_notice() -> Response:
    answer = notify(request.get_data(), request.headers.get("Content-Type"))
    return Response(answer.body, answer.status, content_type=answer.content_type)


@app.post("/success")
def thank() -> str:
    return text_for_the_customer(request.get_data(), request.headers.get("Content-Type"))
