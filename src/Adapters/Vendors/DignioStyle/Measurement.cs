using Vkp.Adapters.Envelope;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>One number as it is stored, and as the device sent it when that was in another unit.</summary>
internal sealed record MeasuredValue(ValueKind Kind, decimal Value, decimal? OriginalValue, Unit? OriginalUnit);

/// <summary>A measurement as the vendor sent it.</summary>
/// <param name="At">The device's time; the event's when the device has none or its clock is ahead.</param>
/// <param name="Colour">The traffic light of the patient's own limits, when the vendor says it.</param>
internal sealed record Measurement(
    string Id,
    IReadOnlyList<MeasureKind> Kinds,
    IReadOnlyDictionary<string, MeasuredValue> Values,
    DateTimeOffset At,
    bool AtIsUncertain,
    bool IsManual,
    string? DeviceSerial,
    string? Context,
    Colour? Colour,
    decimal? Low,
    decimal? High)
{
    private static readonly Dictionary<string, bool> Sources = new() { ["device"] = false, ["manual"] = true };

    /// <summary>`measurement:` and the vendor's id: what a later correction is matched by.</summary>
    public string AboutId => AboutIdOf(Id);

    public static string AboutIdOf(string id) => $"measurement:{id}";

    /// <param name="judge">True when nobody has looked at it yet: implausible values are held. A nurse who closed an alert has looked.</param>
    public static Measurement Read(VendorEvent source, JsonFields data, bool judge)
    {
        var id = data.Text("measurementId", charactersMax: 64);
        var kinds = data.Choice("kind", MeasureKinds.ByName) ?? [];
        var readings = ReadValues(data, kinds, judge);
        var device = data.ObjectOrNull("device");
        if (judge && device?.FlagOrNull("shared") == true)
            data.Findings.Doubt(TranslationErrors.SharedDevice(device.At("shared")));
        var (at, isUncertain) = Time(source, data);
        var limits = data.ObjectOrNull("rule");
        return new Measurement(
            id, kinds, readings, at, isUncertain,
            data.ChoiceOrDefault("source", Sources, absent: false),
            device?.TextOrNull("serial", charactersMax: 64),
            data.TextOrNull("context", charactersMax: 200),
            data.ChoiceOrDefault("colour", Colour.ByName, absent: null),
            limits?.DecimalOrNull("low"),
            limits?.DecimalOrNull("high"));
    }

    private static Dictionary<string, MeasuredValue> ReadValues(JsonFields data, IReadOnlyList<MeasureKind> kinds, bool judge)
    {
        var readings = new Dictionary<string, MeasuredValue>();
        var known = kinds.SelectMany(kind => kind.Components.Prepend(kind.Value)).OfType<ValueKind>().ToDictionary(value => value.Name);
        foreach (var field in data.Objects("values", itemsMax: 20, required: true))
        {
            var kind = known.Count == 0 ? null : field.Choice("name", known);
            var reading = kind is null ? null : MeasuredValueReader.Read(field, kind, judge);
            if (reading is not null && !readings.TryAdd(reading.Kind.Name, reading))
                data.Findings.Fault(TranslationErrors.Contradiction(field.At("name"), "the same value is sent twice"));
        }

        if (kinds.Count > 0 && !data.Findings.AreFatal)
            MustHold(data, kinds[0], readings);
        if (judge && readings.TryGetValue("systolic", out var high) && readings.TryGetValue("diastolic", out var low) && low.Value >= high.Value)
            data.Findings.Doubt(TranslationErrors.Implausible(data.At("values"), "the diastolic pressure is not below the systolic"));
        return readings;
    }

    private static void MustHold(JsonFields data, MeasureKind kind, Dictionary<string, MeasuredValue> readings)
    {
        string[] needed = kind == MeasureKinds.BloodPressure ? ["systolic", "diastolic"] : [kind.Value!.Name];
        foreach (var name in needed.Where(name => !readings.ContainsKey(name)))
            data.Findings.Fault(TranslationErrors.Missing($"{data.At("values")}[name={name}]"));
    }

    private static (DateTimeOffset At, bool IsUncertain) Time(VendorEvent source, JsonFields data)
    {
        if (data.TimeOrNull("deviceTime") is not { } at)
            return (source.OccurredAt, source.TimeIsUncertain);
        if (at <= source.OccurredAt + EnvelopeReader.AheadMax)
            return (at, source.TimeIsUncertain);
        data.Findings.Repair(TranslationErrors.ClockAhead(data.At("deviceTime")));
        return (source.OccurredAt, true);
    }
}
