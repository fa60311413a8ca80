using System.Collections.Frozen;
using System.Reflection;

namespace Vkp.Fhir.Model;

/// <summary>The FHIR code of an enum member.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class EnumLiteralAttribute(string literal) : Attribute
{
    public string Literal { get; } = literal;
}

/// <summary>Codes to enum members and back.</summary>
public static class EnumLiterals
{
    /// <summary>Null when the code is not in the list.</summary>
    public static T? Parse<T>(string? literal)
        where T : struct, Enum => literal is not null && Table<T>.ByLiteral.TryGetValue(literal, out var value) ? value : null;

    public static string? Format<T>(T? value)
        where T : struct, Enum => value is { } v ? Table<T>.ByValue[v] : null;

    /// <summary>Read once per enum.</summary>
    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> ByLiteral = typeof(T)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToFrozenDictionary(static f => f.GetCustomAttribute<EnumLiteralAttribute>()!.Literal, static f => (T)f.GetValue(null)!);

        public static readonly FrozenDictionary<T, string> ByValue = ByLiteral.ToFrozenDictionary(static x => x.Value, static x => x.Key);
    }
}
