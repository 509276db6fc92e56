//! The city's program: `city serve` and `city admin`.

fn main() -> std::process::ExitCode {
    city::cli::main()
}
