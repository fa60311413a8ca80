using System.Globalization;

namespace Vkp.Fhir.Model;

/// <summary>A primitive value. Keeps the text as it was written, so that precision, offset and trailing zeros survive.</summary>
public abstract class PrimitiveType : DataType
{
    /// <summary>The value as it stands in the JSON, without quotes; null when only an extension is there.</summary>
    public string? Text { get; set; }

    /// <summary>Firely's name for <see cref="Text"/>.</summary>
    public string? ObjectValue
    {
        get => Text;
        set => Text = value;
    }

    public override bool IsEmpty => string.IsNullOrEmpty(Text) && base.IsEmpty;

    public override string ToString() => Text ?? string.Empty;

    internal override FhirNode CreateSame()
    {
        var same = (PrimitiveType)TypeRow.Create();
        same.Text = Text;
        return same;
    }
}

/// <summary>Primitives whose C# value is their text.</summary>
public abstract class TextPrimitive : PrimitiveType
{
    public string? Value
    {
        get => Text;
        set => Text = value;
    }
}

public sealed partial class FhirBoolean
{
    public FhirBoolean(bool? value) => Value = value;

    /// <summary>Null when absent or not a boolean.</summary>
    public bool? Value
    {
        get => Text switch { "true" => true, "false" => false, _ => null };
        set => Text = value switch { true => "true", false => "false", _ => null };
    }
}

public partial class Integer
{
    public Integer(int? value) => Value = value;

    /// <summary>Null when absent or not a 32-bit integer.</summary>
    public int? Value
    {
        get => int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        set => Text = value?.ToString(CultureInfo.InvariantCulture);
    }
}

public sealed partial class PositiveInt
{
    public PositiveInt(int? value) => Value = value;
}

public sealed partial class UnsignedInt
{
    public UnsignedInt(int? value) => Value = value;
}

public sealed partial class FhirDecimal
{
    public FhirDecimal(decimal? value) => Value = value;

    /// <summary>Null when absent or outside the range of decimal; the text is kept either way. `1.50` stays `1.50`.</summary>
    public decimal? Value
    {
        get => decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
        set => Text = value?.ToString(CultureInfo.InvariantCulture);
    }
}

public sealed partial class Base64Binary
{
    public Base64Binary(byte[]? value) => Value = value;

    /// <summary>Null when absent or not base64.</summary>
    public byte[]? Value
    {
        get
        {
            if (Text is null) return null;
            var buffer = new byte[Text.Length];
            return Convert.TryFromBase64String(Text, buffer, out var written) ? buffer[..written] : null;
        }
        set => Text = value is null ? null : Convert.ToBase64String(value);
    }
}

public sealed partial class FhirDateTime
{
    public FhirDateTime(DateTimeOffset value) => Text = FhirTime.Format(value);

    /// <summary>False for a partial date or one without an offset: those are not points in time.</summary>
    public bool TryToDateTimeOffset(out DateTimeOffset value) => FhirTime.TryParseInstant(Text, out value);
}

public sealed partial class Instant
{
    public Instant(DateTimeOffset? value) => Value = value;

    /// <summary>Null when absent or not an instant.</summary>
    public DateTimeOffset? Value
    {
        get => FhirTime.TryParseInstant(Text, out var value) ? value : null;
        set => Text = value is { } at ? FhirTime.Format(at) : null;
    }
}
