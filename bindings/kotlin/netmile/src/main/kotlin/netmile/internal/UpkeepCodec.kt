// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun readResolvedAll(from: Fields): ResolvedAll = ResolvedAll(
    purchases = from.list("purchases", ::readPurchase),
    charges = from.list("charges", ::readCharge),
    tasks = from.list("tasks", ::readMileTask),
    exchanges = from.list("exchanges", ::readExchange),
    uploads = from.list("uploads", ::readUpload),
)

internal fun writeResolvedAll(of: ResolvedAll): Json = jsonOf(
    "purchases" to of.purchases.map(::writePurchase),
    "charges" to of.charges.map(::writeCharge),
    "tasks" to of.tasks.map(::writeMileTask),
    "exchanges" to of.exchanges.map(::writeExchange),
    "uploads" to of.uploads.map(::writeUpload),
)

internal fun readRecoveredAll(from: Fields): RecoveredAll = RecoveredAll(
    settled = from.list("settled", ::readCharge),
    open = from.list("open", ::readCharge),
    tasks = from.list("tasks", ::readMileTask),
    exchanges = from.list("exchanges", ::readExchange),
    uploads = from.list("uploads", ::readUpload),
)

internal fun writeRecoveredAll(of: RecoveredAll): Json = jsonOf(
    "settled" to of.settled.map(::writeCharge),
    "open" to of.open.map(::writeCharge),
    "tasks" to of.tasks.map(::writeMileTask),
    "exchanges" to of.exchanges.map(::writeExchange),
    "uploads" to of.uploads.map(::writeUpload),
)
