using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Retention;

namespace Vkp.Hub.Privacy;

/// <summary>A key is missing or wrong, or a sealed body does not open. The error names ids, never content.</summary>
public sealed class VaultException(VkpError error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    public VkpError Error { get; } = error;

    internal static VaultException MasterKeyUnreadable(string where) => new(new(
        "VKP-320",
        ErrorCategory.Fault,
        $"The master key in {where} is not 32 bytes as base64 or hex.",
        "Put back the key that was made when the hub was installed; without it nothing stored can be opened."));

    internal static VaultException NotOpening(RecordedEvent e, string why, Exception? inner = null) => new(
        new(
            "VKP-321",
            ErrorCategory.Fault,
            $"The body of event {e.Id} (tenant {e.Tenant}, position {e.Position}) does not open: {why}.",
            "It was changed, or moved from another event, after it was sealed: run the audit verification of this tenant."),
        inner);

    internal static VaultException Shredded(int tenant, StreamName stream) => new(new(
        "VKP-322",
        ErrorCategory.NotFound,
        $"The key of stream {stream} (tenant {tenant}) has been shredded; its bodies can never be opened again.",
        "This is final. The events themselves still stand in the log, and the chain still verifies."));

    internal static VaultException WrongMasterKey(int tenant, Exception? inner = null) => new(
        new(
            "VKP-323",
            ErrorCategory.Fault,
            $"The keys of tenant {tenant} were not wrapped by the master key this hub was given.",
            "Start the hub with the master key that belongs to this database (VKP_MASTER_KEY or the key file)."),
        inner);

    internal static VaultException Removed(RecordedEvent e) => new(new(
        "VKP-324",
        ErrorCategory.NotFound,
        $"The content of event {e.Id} (tenant {e.Tenant}, position {e.Position}) was deleted under retention{(e.Receipt is { } receipt ? $", by the run of {RetentionBook.PlannedOn(receipt):yyyy-MM-dd}, receipt {receipt}" : "")}.",
        "What is known of it besides is kept, and 'vkp trace' tells it. The content is in the journal of the municipality."));

    internal static VaultException KeyMissing(int tenant, StreamName stream) => new(new(
        "VKP-325",
        ErrorCategory.Fault,
        $"Stream {stream} (tenant {tenant}) has no key in this database.",
        "Restore the key tables (tenant_key, stream_key) from the same back-up as the log."));
}
