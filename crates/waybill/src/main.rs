//! waybill: reads the news and keeps a sourced ledger of reported arms transfers.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
