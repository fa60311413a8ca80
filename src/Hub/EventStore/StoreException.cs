namespace Vkp.EventStore;

/// <summary>
/// A fault of the store or of what it stands on; never an expected outcome (those are <see cref="AppendResult"/>s).
/// The message names ids and positions, never personal data.
/// </summary>
public sealed class StoreException : Exception
{
    /// <summary>What is to be deleted under retention has to wait.</summary>
    public const string RetentionRefusedCode = "VKP-309";

    internal const string OutcomeUnknownCode = "VKP-304";

    private StoreException(string code, string message, string hint, Exception? inner, TimeSpan? retryAfter)
        : base($"{code} {message} Hint: {hint}", inner)
    {
        Code = code;
        Hint = hint;
        RetryAfter = retryAfter;
    }

    /// <summary>`VKP-3nn`; permanent.</summary>
    public string Code { get; }

    /// <summary>What to do now, and who does it.</summary>
    public string Hint { get; }

    /// <summary>Set when trying again can help: the wait to suggest.</summary>
    public TimeSpan? RetryAfter { get; }

    public static StoreException MigrationEdited(string set, int number, string name) => new(
        "VKP-301",
        $"Migration {number:0000}_{name} of '{set}' was applied to this database and has been edited since.",
        "Put the file back as it was released and write a new migration with the next number.",
        null,
        null);

    public static StoreException MigrationFailed(string set, string file, Exception inner) => new(
        "VKP-302",
        $"Migration {file} of '{set}' failed and was rolled back: {inner.Message}",
        "Nothing of it was applied. Correct the cause and start again.",
        inner,
        null);

    public static StoreException Busy(string why, Exception? inner = null) => new(
        "VKP-303",
        $"The store is busy: {why}.",
        "Nothing was stored. Try again after the wait given.",
        inner,
        TimeSpan.FromSeconds(1));

    public static StoreException OutcomeUnknown(Exception inner) => new(
        OutcomeUnknownCode,
        "The connection to the database was lost while an append was committing; nobody knows whether it was stored.",
        "Answer nothing as success. Send it again: with a dedup key the repeat is recognised.",
        inner,
        TimeSpan.FromSeconds(1));

    public static StoreException NotDense(int tenant, string subscription, long expected, long got) => new(
        "VKP-305",
        $"Subscription '{subscription}' of tenant {tenant} expected position {expected} and read {got}.",
        "The log has a hole or was tampered with: run the audit verification of this tenant before anything else.",
        null,
        null);

    public static StoreException Unavailable(Exception inner) => new(
        "VKP-306",
        $"The database did not take the append: {inner.Message}",
        "Nothing was stored. See whether the database runs; the append can be sent again.",
        inner,
        TimeSpan.FromSeconds(2));

    public static StoreException Rejected(Exception inner) => new(
        "VKP-307",
        $"The database refused the append: {inner.Message}",
        "Nothing was stored, and a repeat will fail the same way: the caller built an event the store cannot hold.",
        inner,
        null);

    public static StoreException OriginalMissing(int tenant, long position) => new(
        "VKP-308",
        $"Tenant {tenant} has a dedup key for position {position}, but no event can be read there.",
        "The log was tampered with, or the transaction has not declared this tenant: run the audit verification.",
        null,
        null);

    public static StoreException RetentionRefused(int tenant, Guid receipt, Exception inner) => new(
        RetentionRefusedCode,
        $"The database refused to remove bodies of tenant {tenant} under receipt {receipt}: {inner.Message}",
        "Nothing more is removed. A subscription that is behind or is being rebuilt comes first; if the log is not what the plan saw, run the audit verification. Then run retention again: it goes on.",
        inner,
        null);
}
