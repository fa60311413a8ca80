using System.Globalization;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Measurements as Observations, one per kind: a pulse that came with a blood pressure is an Observation of its own.</summary>
internal static class Observations
{
    public static IReadOnlyList<Observation> Of(VendorEvent source, Measurement measurement, ObservationStatus status = ObservationStatus.Final) =>
        [.. measurement.Kinds.Where(kind => IsPresent(kind, measurement)).Select(kind => One(source, measurement, kind, status))];

    /// <summary>The same id for every message about the same measurement, so that a correction replaces what it corrects.</summary>
    public static Guid IdOf(VendorEvent source, string measurementId, MeasureKind kind) => source.SharedId("measurement", $"{measurementId}/{kind.Text}");

    private static Observation One(VendorEvent source, Measurement measurement, MeasureKind kind, ObservationStatus status)
    {
        var observation = Empty(source, measurement.Id, kind, status);
        observation.Effective = new FhirDateTime(measurement.At);
        if (kind.Value is { } value && measurement.Values.GetValueOrDefault(value.Name) is { } own)
            observation.Value = Stored(own);
        foreach (var reading in kind.Components.Select(component => measurement.Values.GetValueOrDefault(component.Name)).OfType<MeasuredValue>())
            observation.Component.Add(new() { Code = Code(reading.Kind.Text, reading.Kind.Codes), Value = Stored(reading) });
        foreach (var reading in Own(kind, measurement).Where(reading => reading.OriginalValue is not null))
            AddOriginal(observation, reading);
        if (measurement.DeviceSerial is { } serial)
            observation.Device = Parts.Logical(new SourceIdentifier(Identity.DeviceSerial, serial));
        AddRemarks(observation, measurement);
        AddLimits(observation, measurement, kind);
        return observation;
    }

    /// <summary>An Observation without a value: the part that also one which is taken back needs.</summary>
    public static Observation Empty(VendorEvent source, string measurementId, MeasureKind kind, ObservationStatus status)
    {
        var id = IdOf(source, measurementId, kind);
        var observation = new Observation
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(kind.Profile),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = status,
            Code = Code(kind.Text, kind.Codes),
            Subject = Parts.Logical(source.Patient),
            // The patient measures at home, whether by hand or with a device.
            Performer = [Parts.Logical(source.Patient)],
        };
        if (kind.Category is { } category)
            observation.Category.Add(category);
        return observation;
    }

    private static bool IsPresent(MeasureKind kind, Measurement measurement) => Own(kind, measurement).Any();

    private static IEnumerable<MeasuredValue> Own(MeasureKind kind, Measurement measurement) =>
        kind.Components.Prepend(kind.Value).OfType<ValueKind>().Select(value => measurement.Values.GetValueOrDefault(value.Name)).OfType<MeasuredValue>();

    private static CodeableConcept Code(string text, IEnumerable<FhirCode> codes) => new() { Coding = [.. codes.Select(code => code.ToCoding())], Text = text };

    private static Quantity Stored(MeasuredValue reading) => Quantity(reading.Value, reading.Kind.Unit);

    private static Quantity Quantity(decimal? value, Unit unit) => new() { Value = value, Unit = unit.Text, System = Systems.Ucum, Code = unit.Ucum };

    /// <summary>The profile of blood pressure binds every component to the common units, in which kPa is not: there the original value stands in a note.</summary>
    private static void AddOriginal(Observation observation, MeasuredValue reading)
    {
        var name = $"Opprinnelig verdi, {reading.Kind.Text.ToLowerInvariant()}";
        if (reading.Kind.Unit == Unit.Pressure)
            observation.Note.Add(new() { Text = $"{name} {Norwegian(reading.OriginalValue!.Value)} {reading.OriginalUnit!.Text}." });
        else
            observation.Component.Add(new() { Code = new CodeableConcept { Text = name }, Value = Quantity(reading.OriginalValue, reading.OriginalUnit!) });
    }

    private static string Norwegian(decimal value) => value.ToString(CultureInfo.InvariantCulture).Replace('.', ',');

    private static void AddRemarks(Observation observation, Measurement measurement)
    {
        if (measurement.IsManual)
            observation.Note.Add(new() { Text = "Registrert manuelt av pasienten." });
        if (measurement.Context is { } context)
            observation.Note.Add(new() { Text = context });
        if (measurement.AtIsUncertain)
            observation.Note.Add(new() { Text = Words.UncertainTime });
    }

    private static void AddLimits(Observation observation, Measurement measurement, MeasureKind kind)
    {
        if (measurement.Colour is { } colour && kind == measurement.Kinds[0])
            observation.Interpretation.Add(new CodeableConcept { Text = colour.Word });
        // The vendor's limits are for the value the measurement is about, in the stored unit.
        if (kind != measurement.Kinds[0] || kind.Value is not { } value || (measurement.Low ?? measurement.High) is null)
            return;
        observation.ReferenceRange.Add(new() { Low = Limit(measurement.Low, value), High = Limit(measurement.High, value) });
    }

    private static Quantity? Limit(decimal? limit, ValueKind kind) =>
        limit is null ? null : Quantity(limit, kind.Unit);
}
