//! Work that nobody waits for gives way to answers.

/// How far it stands back: a thread that answers gets ten times its time where both want the same core.
#[cfg(target_os = "linux")]
const BACK: i32 = 10;

/// Has the system put this thread, and those that it starts from now on, behind others that want the same core.
///
/// Elsewhere than on Linux this would count for the whole process, so nothing is done there. Where systems group
/// processes by session, as Linux does for terminals, it counts within one session.
pub fn give_way() {
    #[cfg(target_os = "linux")]
    {
        // Where the system does not allow it, the work goes on as before.
        let _refused = rustix::process::nice(BACK);
    }
}
