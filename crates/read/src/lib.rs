//! waybill's `read` part.
