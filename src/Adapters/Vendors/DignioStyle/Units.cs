using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>A unit as it is stored: what people read, and its UCUM code.</summary>
internal sealed record Unit(string Text, string Ucum)
{
    public static readonly Unit Pressure = new("mmHg", Fhir.Codes.Ucum.MillimetresOfMercury);
    public static readonly Unit PerMinute = new("/min", Fhir.Codes.Ucum.PerMinute);
    public static readonly Unit Percent = new("%", Fhir.Codes.Ucum.Percent);
    public static readonly Unit Kilogram = new("kg", Fhir.Codes.Ucum.Kilogram);
    public static readonly Unit Centimetre = new("cm", Fhir.Codes.Ucum.Centimetre);
    public static readonly Unit BodyMass = new("kg/m²", Fhir.Codes.Ucum.KilogramPerSquareMetre);
    public static readonly Unit Celsius = new("°C", Fhir.Codes.Ucum.Celsius);
    public static readonly Unit Glucose = new("mmol/L", Fhir.Codes.Ucum.MillimolePerLitre);
    public static readonly Unit Score = new("poeng", Fhir.Codes.Ucum.Score);
}

/// <summary>How a device's unit becomes the stored one.</summary>
/// <param name="Device">The device's unit, for the original value that is kept beside the converted one.</param>
internal sealed record Conversion(Unit Device, Func<decimal, decimal> Convert, int Decimals)
{
    public decimal Apply(decimal value) => Math.Round(Convert(value), Decimals, MidpointRounding.AwayFromZero);
}

/// <summary>The units devices send, by stored unit. A name that maps to null is the stored unit itself under one of its spellings.</summary>
internal static class Units
{
    private static readonly Conversion FromKilopascal = new(new("kPa", "kPa"), value => value * 7.50062m, 0);
    private static readonly Conversion FromFahrenheit = new(new("°F", Ucum.Fahrenheit), value => (value - 32m) / 1.8m, 1);
    private static readonly Conversion FromPound = new(new("lb", Ucum.Pound), value => value * 0.45359237m, 1);
    private static readonly Conversion FromGram = new(new("g", Ucum.Gram), value => value / 1000m, 2);
    private static readonly Conversion FromMilligramPerDecilitre = new(new("mg/dL", "mg/dL"), value => value / 18.016m, 1);
    private static readonly Conversion FromInch = new(new("in", Ucum.Inch), value => value * 2.54m, 0);
    private static readonly Conversion FromMetre = new(new("m", "m"), value => value * 100m, 0);

    private static readonly Dictionary<Unit, Dictionary<string, Conversion?>> Known = new()
    {
        [Unit.Pressure] = new() { ["mmHg"] = null, ["mm[Hg]"] = null, ["kPa"] = FromKilopascal },
        [Unit.PerMinute] = new() { ["/min"] = null, ["1/min"] = null, ["bpm"] = null },
        [Unit.Percent] = new() { ["%"] = null },
        [Unit.Kilogram] = new() { ["kg"] = null, ["g"] = FromGram, ["lb"] = FromPound, ["[lb_av]"] = FromPound },
        [Unit.Centimetre] = new() { ["cm"] = null, ["m"] = FromMetre, ["in"] = FromInch, ["[in_i]"] = FromInch },
        [Unit.BodyMass] = new() { ["kg/m2"] = null, ["kg/m²"] = null },
        [Unit.Celsius] = new() { ["°C"] = null, ["C"] = null, ["Cel"] = null, ["°F"] = FromFahrenheit, ["F"] = FromFahrenheit, ["[degF]"] = FromFahrenheit },
        [Unit.Glucose] = new() { ["mmol/L"] = null, ["mmol/l"] = null, ["mg/dL"] = FromMilligramPerDecilitre, ["mg/dl"] = FromMilligramPerDecilitre },
        [Unit.Score] = new() { ["poeng"] = null, ["{score}"] = null, ["score"] = null },
    };

    /// <summary>False when the unit is not known for this kind of value.</summary>
    public static bool TryFind(Unit stored, string device, out Conversion? conversion) => Known[stored].TryGetValue(device, out conversion);

    public static string Names(Unit stored) => string.Join(", ", Known[stored].Keys);
}
