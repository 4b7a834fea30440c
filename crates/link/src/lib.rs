//! waybill's `link` part.
