using System.Runtime.InteropServices;

namespace Vkp.EmbeddedPostgres;

/// <summary>The three calls to the C library that .NET does not offer.</summary>
internal static partial class Native
{
    internal const int Interrupt = 2;
    internal const int Quit = 3;
    internal const int Kill = 9;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ResolvePath(string path, [Out] byte[] resolved);

    /// <summary>
    /// The path with every link followed. The kernel names working directories that way; a data directory compared by any other name
    /// would look as if no server worked in it.
    /// </summary>
    internal static string RealPath(string path)
    {
        var buffer = new byte[4097];
        if (ResolvePath(path, buffer) == 0) throw new IOException($"realpath of {path} failed with error {Marshal.GetLastPInvokeError()}");
        return System.Text.Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    /// <summary>Signals a process. False when it is gone already.</summary>
    internal static bool Signal(int pid, int signal) => SendSignal(pid, signal) == 0;

    internal static void Own(string path, Account account)
    {
        if (account.Uid is not { } uid || account.Gid is not { } gid) return;
        if (ChangeOwner(path, uid, gid) != 0)
            throw ClusterException.NoAccount($"chown of {path} to {account.Name} failed with error {Marshal.GetLastPInvokeError()}");
    }
}
