import logging
import time

from client import client
from events import act
from netmile import NetmileError


def main() -> None:
    is_recovered = False
    while True:
        try:
            if not is_recovered:
                client.recover()
                is_recovered = True
            client.resolve()
            act()
        except NetmileError as error:  # one error must not end delivery for good
            logging.warning("not looked after now: %s", error)
        time.sleep(60)


if __name__ == "__main__":
    main()
