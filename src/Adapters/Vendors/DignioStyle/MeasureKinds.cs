using Vkp.Adapters.Composing;
using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>One number of a measurement.</summary>
/// <param name="Text">Bokmål, as a note says it.</param>
/// <param name="Min">The least value that can be real; below it somebody must look.</param>
internal sealed record ValueKind(string Name, string Text, Unit Unit, decimal Min, decimal Max, params FhirCode[] Codes)
{
    /// <summary>Above Max the value is probably in this unit; null when there is none to mix up with.</summary>
    public string? LikelyOtherUnit { get; init; }
}

/// <summary>One kind of Observation: its codes and its value, or its components.</summary>
/// <param name="Profile">The VKP profile of the kind; the general one when it has none of its own.</param>
internal sealed record MeasureKind(string Text, string Profile, FhirCode? Category, IReadOnlyList<FhirCode> Codes, ValueKind? Value, IReadOnlyList<ValueKind> Components);

/// <summary>The kinds of measurement whose codes are verified. What has no verified code is coded by text alone.</summary>
internal static class MeasureKinds
{
    private static readonly ValueKind Systolic = new("systolic", "Systolisk", Unit.Pressure, 50, 300, Loinc.SystolicBloodPressure, SnomedCt.SystolicBloodPressure);
    private static readonly ValueKind Diastolic = new("diastolic", "Diastolisk", Unit.Pressure, 20, 200, Loinc.DiastolicBloodPressure, SnomedCt.DiastolicBloodPressure);
    private static readonly ValueKind Mean = new("mean", "Middeltrykk", Unit.Pressure, 30, 250, Loinc.MeanBloodPressure);

    public static readonly MeasureKind BloodPressure = new(
        "Blodtrykk", VkpProfiles.BloodPressure, ObservationCategories.VitalSigns, [Loinc.BloodPressure, SnomedCt.BloodPressure], Value: null, [Systolic, Diastolic, Mean]);

    public static readonly MeasureKind Pulse = Vital("Puls", VkpProfiles.HeartRate, new("pulse", "Puls", Unit.PerMinute, 20, 250), Loinc.HeartRate, SnomedCt.HeartRate);

    public static readonly MeasureKind OxygenSaturation = Vital(
        "Oksygenmetning (SpO2)", VkpProfiles.OxygenSaturation, new("spo2", "SpO2", Unit.Percent, 50, 100),
        Loinc.OxygenSaturation, Loinc.OxygenSaturationByPulseOximetry, SnomedCt.OxygenSaturation);

    public static readonly MeasureKind Weight = Vital("Vekt", VkpProfiles.BodyWeight, new("weight", "Vekt", Unit.Kilogram, 20, 350), Loinc.BodyWeight, SnomedCt.BodyWeight);

    public static readonly MeasureKind Temperature = Vital(
        "Kroppstemperatur", VkpProfiles.BodyTemperature, new("temperature", "Temperatur", Unit.Celsius, 30, 43) { LikelyOtherUnit = "°F" }, Loinc.BodyTemperature, SnomedCt.BodyTemperature);

    public static readonly MeasureKind Glucose = new(
        "Blodsukker", VkpProfiles.Observation, ObservationCategories.Laboratory, [Loinc.Glucose, SnomedCt.BloodGlucose, NpuNlk.BloodGlucose],
        new("glucose", "Blodsukker", Unit.Glucose, 0.6m, 35) { LikelyOtherUnit = "mg/dL" }, []);

    public static readonly MeasureKind Respiration = Vital(
        "Respirasjonsfrekvens", VkpProfiles.Observation, new("respirationRate", "Respirasjonsfrekvens", Unit.PerMinute, 3, 80), Loinc.RespiratoryRate, SnomedCt.RespiratoryRate);

    public static readonly MeasureKind Height = Vital("Høyde", VkpProfiles.Observation, new("height", "Høyde", Unit.Centimetre, 50, 250), Loinc.BodyHeight, SnomedCt.BodyHeight);

    public static readonly MeasureKind BodyMassIndex = Vital("KMI", VkpProfiles.Observation, new("bmi", "KMI", Unit.BodyMass, 8, 100), Loinc.BodyMassIndex);

    public static readonly MeasureKind FrailtyScale = new(
        "Klinisk skrøpelighetsskala (CFS)", VkpProfiles.Observation, ObservationCategories.Survey, [SnomedCt.ClinicalFrailtyScale],
        new("cfs", "CFS", Unit.Score, 1, 9), []);

    public static readonly MeasureKind News2 = new(
        "NEWS2", VkpProfiles.Observation, ObservationCategories.Survey, [SnomedCt.News2Score], new("total", "NEWS2", Unit.Score, 0, 20),
        [
            Part("respirationRate", "Poeng respirasjonsfrekvens"), Part("spo2", "Poeng oksygenmetning"), Part("oxygen", "Poeng oksygentilførsel"),
            Part("systolic", "Poeng systolisk blodtrykk"), Part("pulse", "Poeng puls"), Part("consciousness", "Poeng bevissthet"), Part("temperature", "Poeng temperatur"),
        ]);

    /// <summary>What a vendor calls a measurement, and the Observations it can hold; the first must be there.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<MeasureKind>> ByName { get; } = new Dictionary<string, IReadOnlyList<MeasureKind>>
    {
        ["bloodPressure"] = [BloodPressure, Pulse],
        ["pulse"] = [Pulse],
        ["spo2"] = [OxygenSaturation, Pulse],
        ["weight"] = [Weight, BodyMassIndex],
        ["temperature"] = [Temperature],
        ["glucose"] = [Glucose],
        ["respirationRate"] = [Respiration],
        ["height"] = [Height],
        ["bmi"] = [BodyMassIndex],
        ["cfs"] = [FrailtyScale],
        ["news2"] = [News2],
    };

    private static MeasureKind Vital(string text, string profile, ValueKind value, params FhirCode[] codes) =>
        new(text, profile, ObservationCategories.VitalSigns, codes, value, []);

    private static ValueKind Part(string name, string text) => new(name, text, Unit.Score, 0, 3);
}
