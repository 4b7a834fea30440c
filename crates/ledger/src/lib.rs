//! waybill's `ledger` part.
