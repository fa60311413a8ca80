using System.Net.Sockets;
using Npgsql;

namespace Vkp.EventStore.Append;

/// <summary>What a failed append call means: certainly not stored, or nobody knows.</summary>
internal static class AppendFault
{
    /// <summary>Null when it is none of the faults a database or network has: then it is a bug, and goes up as it is.</summary>
    public static StoreException? Of(Exception e) => e switch
    {
        // The server answered with an error: the implicit transaction is rolled back.
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } busy =>
            StoreException.Busy("somebody else holds the log of this tenant", busy),
        // Except that it can be shut down (57P0x) after the commit is written and before the answer is sent.
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.DatabaseDropped } gone =>
            StoreException.OutcomeUnknown(gone),
        PostgresException { SqlState: ['5', '3' or '7', ..] or ['0', '8', ..] } away => StoreException.Unavailable(away),
        PostgresException refused => StoreException.Rejected(refused),
        NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException => StoreException.OutcomeUnknown(e),
        _ => null,
    };
}
