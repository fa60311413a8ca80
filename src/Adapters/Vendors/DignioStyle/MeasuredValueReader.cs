using System.Globalization;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Reads one number with its unit, converts it, and doubts what cannot be real.</summary>
internal static class MeasuredValueReader
{
    public static MeasuredValue? Read(JsonFields field, ValueKind kind, bool judge)
    {
        var value = field.Decimal("value");
        var unit = field.Text("unit", charactersMax: 16);
        if (unit.Length == 0)
            return null;
        if (!Units.TryFind(kind.Unit, unit, out var conversion))
        {
            // It is there, though nobody knows how much it is: the message is held, not refused.
            field.Findings.Doubt(TranslationErrors.UnknownUnit(field.At("unit"), Units.Names(kind.Unit)));
            return new MeasuredValue(kind, value, null, null);
        }

        var stored = conversion?.Apply(value) ?? value;
        if (judge)
            Judge(field, kind, stored, isConverted: conversion is not null);
        return new MeasuredValue(kind, stored, conversion is null ? null : value, conversion?.Device);
    }

    private static void Judge(JsonFields field, ValueKind kind, decimal stored, bool isConverted)
    {
        if (stored > kind.Max && kind.LikelyOtherUnit is { } other && !isConverted)
            field.Findings.Doubt(TranslationErrors.UnitMixUp(field.At("value"), $"more than {Text(kind.Max)} {kind.Unit.Text} is likely a value in {other}"));
        else if (stored < kind.Min || stored > kind.Max)
            field.Findings.Doubt(TranslationErrors.Implausible(field.At("value"), $"it lies outside {Text(kind.Min)} to {Text(kind.Max)} {kind.Unit.Text}"));
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
