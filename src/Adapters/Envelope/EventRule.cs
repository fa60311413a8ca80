using Vkp.Fhir.Model;

namespace Vkp.Adapters.Envelope;

/// <summary>
/// How one event type is translated, in two steps: reading puts down every fault and returns how to compose; composing runs only when nothing is wrong,
/// so it never meets a missing value.
/// </summary>
/// <param name="NeedsPatient">False for what a device or a service says about itself.</param>
internal sealed record EventRule(bool NeedsPatient, Func<VendorEvent, Func<Outcome>> Read)
{
    public static EventRule Nothing(string reason) => new(NeedsPatient: false, _ => () => new Outcome.Nothing(reason));
}

/// <summary>What an event comes to.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    /// <param name="FreshFor">Later than this after the event it is documentation, not news.</param>
    public sealed record Journal(Lane Lane, string ServiceCode, CaseRole CaseRole, IReadOnlyList<string> CaseIds, TimeSpan FreshFor, IReadOnlyList<Resource> Resources) : Outcome
    {
        /// <inheritdoc cref="Translation.Translated.AboutIds"/>
        public IReadOnlyList<string> AboutIds { get; init; } = [];

        /// <inheritdoc cref="Translation.Translated.EndsIds"/>
        public IReadOnlyList<string> EndsIds { get; init; } = [];

        /// <inheritdoc cref="Translation.Translated.WholeCaseIds"/>
        public IReadOnlyList<string> WholeCaseIds { get; init; } = [];

        /// <inheritdoc cref="Translation.Translated.GroupId"/>
        public string? GroupId { get; init; }

        public CaseTraits Traits { get; init; }

        /// <inheritdoc cref="Translation.Translated.NoEntryReason"/>
        public string? NoEntryReason { get; init; }
    }

    /// <param name="Reason">Permanent reason code.</param>
    public sealed record Nothing(string Reason) : Outcome
    {
        /// <inheritdoc cref="Translation.Translated.EndsIds"/>
        public IReadOnlyList<string> EndsIds { get; init; } = [];
    }
}
