using System.Runtime.InteropServices;

namespace Vkp.EmbeddedPostgres;

/// <summary>The four calls to the C library that .NET does not offer.</summary>
internal static partial class Native
{
    internal const int Interrupt = 2;
    internal const int Quit = 3;
    internal const int Kill = 9;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);

    /// <summary>Signals a process. False when it is gone already.</summary>
    internal static bool Signal(int pid, int signal) => SendSignal(pid, signal) == 0;

    internal static void Own(string path, Account account)
    {
        if (account.Uid is not { } uid || account.Gid is not { } gid) return;
        if (ChangeOwner(path, uid, gid) != 0)
            throw ClusterException.NoAccount($"chown of {path} to {account.Name} failed with error {Marshal.GetLastPInvokeError()}");
    }
}
