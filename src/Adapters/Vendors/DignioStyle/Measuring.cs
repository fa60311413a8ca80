using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Measurements that come, are corrected, and are taken back.</summary>
internal static class Measuring
{
    /// <summary>Stored and searchable; the journal hears of it when an alert on it is closed.</summary>
    public static Func<Outcome> Recorded(VendorEvent source)
    {
        var measurement = Measurement.Read(source, source.Data, judge: true);
        return () => Journal(source, Observations.Of(source, measurement), measurement.AboutId) with { NoEntryReason = "measurement" };
    }

    /// <summary>The corrected value under the id of the one it replaces, and who says so: an addendum, never a silent overwrite.</summary>
    public static Func<Outcome> Corrected(VendorEvent source)
    {
        var replaces = source.Data.Text("replaces", charactersMax: 64);
        var reason = source.Data.Text("reason", charactersMax: 500);
        var measurement = Measurement.Read(source, source.Data, judge: true);
        return () =>
        {
            var corrected = Observations.Of(source, measurement with { Id = replaces }, ObservationStatus.Corrected);
            foreach (var observation in corrected)
                observation.Note.Add(new() { Text = $"Rettet: {reason}" });
            return Journal(source, [.. corrected, Provenance(source, corrected, reason)], Measurement.AboutIdOf(replaces), measurement.AboutId) with { Traits = CaseTraits.Correction };
        };
    }

    public static Func<Outcome> Deleted(VendorEvent source)
    {
        var id = source.Data.Text("measurementId", charactersMax: 64);
        var kinds = source.Data.Choice("kind", MeasureKinds.ByName) ?? [];
        var reason = source.Data.Text("reason", charactersMax: 500);
        return () =>
        {
            var withdrawn = kinds.Take(1).Select(kind => Observations.Empty(source, id, kind, ObservationStatus.EnteredInError)).ToList();
            foreach (var observation in withdrawn)
            {
                observation.Effective = new FhirDateTime(source.OccurredAt);
                observation.DataAbsentReason = Fhir.Codes.DataAbsentReasons.Unknown;
                observation.Note.Add(new() { Text = $"Målingen er slettet: {reason}" });
            }

            return Journal(source, withdrawn, Measurement.AboutIdOf(id)) with { Traits = CaseTraits.Correction };
        };
    }

    private static Provenance Provenance(VendorEvent source, IEnumerable<Observation> corrected, string reason) => new()
    {
        Id = source.Id("provenance").ToString("D"),
        Target = [.. corrected.Select(observation => new ResourceReference($"urn:uuid:{observation.Id}"))],
        Recorded = source.OccurredAt,
        Reason = [new CodeableConcept { Text = reason }],
        Agent = [new() { Who = Parts.Logical(source.Patient) }],
    };

    private static Outcome.Journal Journal(VendorEvent source, IReadOnlyList<Resource> resources, params IReadOnlyList<string> about) =>
        new(Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day, resources) { AboutIds = about };
}
