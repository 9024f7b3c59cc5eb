// Made by generate.py from ffi/manifest.json; do not edit.

package netmile.internal

import netmile.*

internal fun writeChargeOutcome(of: Outcome<Charge>): Json = writeOutcome(of, ::writeCharge)

internal fun writeRawOutcome(of: Outcome<Map<String, String>>): Json = writeOutcome(of, { it })

internal fun writeCustomerDataOutcome(of: Outcome<Map<String, String>>): Json = writeOutcome(of, { it })

internal fun writeIssueOutcome(of: Outcome<IssuedMiles>): Json = writeOutcome(of, ::writeIssuedMiles)

internal fun writeHandIssueOutcome(of: Outcome<HandIssued>): Json = writeOutcome(of, ::writeHandIssued)

internal fun writeMileCancelOutcome(of: Outcome<MileCancellation>): Json = writeOutcome(of, ::writeMileCancellation)

internal fun writeDeletionOutcome(of: Outcome<Unit>): Json = writeOutcome(of, { emptyMap<String, Any?>() })

internal fun writeExchangeOutcome(of: Outcome<ExchangedMiles>): Json = writeOutcome(of, ::writeExchangedMiles)
