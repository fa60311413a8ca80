using System.Buffers;

namespace Vkp.Fhir.Model;

/// <summary>The lexical rules of the primitive types (http://hl7.org/fhir/R4/datatypes.html), written out by hand: linear time on any input.</summary>
public static class FhirFormats
{
    private static readonly SearchValues<char> s_idCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    public static bool IsDate(ReadOnlySpan<char> s) => DatePrecision(s) > 0;

    /// <summary>A date of any precision, or a date and time with an offset; seconds are demanded when there is a time.</summary>
    public static bool IsDateTime(ReadOnlySpan<char> s) => IsDate(s) || IsInstant(s);

    /// <summary>A full date and time with an offset. Leap seconds are allowed.</summary>
    public static bool IsInstant(ReadOnlySpan<char> s)
    {
        if (s.Length < 20 || s[10] != 'T' || DatePrecision(s[..10]) != 3) return false;
        var offsetAt = s[^1] == 'Z' ? s.Length - 1 : s.Length - 6;
        return offsetAt >= 19 && IsClock(s[11..offsetAt], leapSecond: true) && IsOffset(s[offsetAt..]);
    }

    /// <summary>hh:mm:ss with optional decimals and no offset.</summary>
    public static bool IsTime(ReadOnlySpan<char> s) => IsClock(s, leapSecond: true);

    /// <summary>A date and time without its offset: readable by people, but not a FHIR dateTime.</summary>
    public static bool IsDateTimeWithoutOffset(ReadOnlySpan<char> s) =>
        s.Length >= 16 && s[10] is 'T' or ' ' && DatePrecision(s[..10]) == 3 && (IsClock(s[11..], leapSecond: true) || (s.Length == 16 && TwoDigits(s[11..], 23) && s[13] == ':' && TwoDigits(s[14..], 59)));

    public static bool IsId(ReadOnlySpan<char> s) =>
        s.Length is >= 1 and <= 64 && !s.ContainsAnyExcept(s_idCharacters);

    /// <summary>No leading or trailing white space, single spaces inside.</summary>
    public static bool IsCode(ReadOnlySpan<char> s)
    {
        if (IsPlain(s)) return !s.IsEmpty;
        if (char.IsWhiteSpace(s[0]) || char.IsWhiteSpace(s[^1])) return false;
        for (var i = 1; i < s.Length; i++)
        {
            if (char.IsWhiteSpace(s[i]) && (char.IsWhiteSpace(s[i - 1]) || s[i] is not ' ')) return false;
        }

        return true;
    }

    public static bool IsUri(ReadOnlySpan<char> s)
    {
        if (IsPlain(s)) return !s.IsEmpty;
        foreach (var c in s)
        {
            if (char.IsWhiteSpace(c)) return false;
        }

        return !s.IsEmpty;
    }

    /// <summary>urn:oid: and arcs without leading zeros.</summary>
    public static bool IsOid(ReadOnlySpan<char> s)
    {
        if (!s.StartsWith("urn:oid:") || s.Length < 11 || s[8] is < '0' or > '2' || s[9] != '.') return false;
        var start = 10;
        for (var i = 10; i <= s.Length; i++)
        {
            if (i < s.Length && char.IsAsciiDigit(s[i])) continue;
            if (i < s.Length && s[i] != '.') return false;
            if (i == start || (s[start] == '0' && i > start + 1)) return false;
            start = i + 1;
        }

        return true;
    }

    /// <summary>urn:uuid: and 36 characters; capitals are read although the specification writes small letters.</summary>
    public static bool IsUuid(ReadOnlySpan<char> s) => s.StartsWith("urn:uuid:") && s.Length == 45 && Guid.TryParseExact(s[9..], "D", out _);

    public static bool IsInteger(ReadOnlySpan<char> s)
    {
        if (!s.IsEmpty && s[0] == '-') s = s[1..];
        return !s.IsEmpty && s.Length <= 10 && s.IndexOfAnyExceptInRange('0', '9') < 0 && (s[0] != '0' || s.Length == 1);
    }

    /// <summary>The number grammar of JSON.</summary>
    public static bool IsDecimal(ReadOnlySpan<char> s)
    {
        var i = s.Length > 0 && s[0] == '-' ? 1 : 0;
        var whole = Digits(s, i);
        if (whole == i || (s[i] == '0' && whole > i + 1)) return false;
        i = whole;
        if (i < s.Length && s[i] == '.')
        {
            var fraction = Digits(s, i + 1);
            if (fraction == i + 1) return false;
            i = fraction;
        }

        if (i < s.Length && s[i] is 'e' or 'E')
        {
            i++;
            if (i < s.Length && s[i] is '+' or '-') i++;
            var exponent = Digits(s, i);
            if (exponent == i) return false;
            i = exponent;
        }

        return i == s.Length;
    }

    /// <summary>Base64 with white space allowed between groups.</summary>
    public static bool IsBase64(ReadOnlySpan<char> s) => !s.IsEmpty && System.Buffers.Text.Base64.IsValid(s);

    /// <summary>0 = not a date, 1 = year, 2 = month, 3 = day. The day must exist in that month.</summary>
    internal static int DatePrecision(ReadOnlySpan<char> s)
    {
        if (s.Length < 4 || s[..4].IndexOfAnyExceptInRange('0', '9') >= 0 || s[..4] is "0000") return 0;
        if (s.Length == 4) return 1;
        if (s.Length < 7 || s[4] != '-' || !TwoDigits(s[5..], 12) || s[5..7] is "00") return 0;
        if (s.Length == 7) return 2;
        if (s.Length != 10 || s[7] != '-' || !TwoDigits(s[8..], 31) || s[8..] is "00") return 0;
        return int.Parse(s[8..]) <= DateTime.DaysInMonth(int.Parse(s[..4]), int.Parse(s[5..7])) ? 3 : 0;
    }

    /// <summary>Visible ASCII only: the common case, told apart at the speed of memory.</summary>
    private static bool IsPlain(ReadOnlySpan<char> s) => !s.ContainsAnyExceptInRange('!', '~');

    private static int Digits(ReadOnlySpan<char> s, int from)
    {
        while (from < s.Length && char.IsAsciiDigit(s[from])) from++;
        return from;
    }

    private static bool IsClock(ReadOnlySpan<char> s, bool leapSecond)
    {
        if (s.Length < 8 || !TwoDigits(s, 23) || s[2] != ':' || !TwoDigits(s[3..], 59) || s[5] != ':' || !TwoDigits(s[6..], leapSecond ? 60 : 59)) return false;
        return s.Length == 8 || (s[8] == '.' && s.Length > 9 && s[9..].IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static bool IsOffset(ReadOnlySpan<char> s) =>
        s is "Z" || (s.Length == 6 && s[0] is '+' or '-' && TwoDigits(s[1..], 14) && s[3] == ':' && TwoDigits(s[4..], 59) && (s[1..3] is not "14" || s[4..] is "00"));

    private static bool TwoDigits(ReadOnlySpan<char> s, int max) =>
        s.Length >= 2 && char.IsAsciiDigit(s[0]) && char.IsAsciiDigit(s[1]) && ((s[0] - '0') * 10) + (s[1] - '0') <= max;
}
