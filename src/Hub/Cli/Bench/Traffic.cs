using System.Globalization;
using System.Text;
using Vkp.Sandbox;

namespace Vkp.Cli.Bench;

/// <summary>
/// Events of about a kilobyte, each with a number that comes out again in the FHIR: the milliseconds of the time it happened.
/// A patient's events are posted by one caller, so their order is known.
/// </summary>
internal static class Traffic
{
    public const int Callers = 32;
    public const int Patients = 640;

    /// <summary>How far back routine events begin; a millisecond each leaves room for 14 million.</summary>
    private const int Hours = 4;

    private static readonly DateTimeOffset Zero = TimeProvider.System.GetUtcNow().AddHours(-Hours);
    private static readonly DateTimeOffset Origin = new(Zero.Year, Zero.Month, Zero.Day, Zero.Hour, 0, 0, TimeSpan.Zero);
    private static readonly string Filling = new('x', 350);
    private static int alarms;

    public static IReadOnlyList<string> NationalIds { get; } = [.. Numbers().Take(Patients)];

    /// <summary>The dispenser a patient has at home.</summary>
    public static string Serial(int patient) => $"ZZ1{patient:00000}";

    /// <summary>Routine: a dose taken from a dispenser.</summary>
    public static byte[] Dose(int caller, int turn)
    {
        var number = Number(caller, turn);
        var at = At(number);
        return Utf8($$"""
            {"eventId":"{{Guid.NewGuid()}}","eventType":"dose.dispensed","schemaVersion":"1.0","occurredAt":"{{at}}","sentAt":"{{at}}","sequence":{{number}},
            "tenant":{"municipalityOrgNo":"{{Up.SandboxFile.OrgNo}}","unit":"Hjemmetjeneste Vest"},"patient":{"nationalId":"{{Patient(caller, turn)}}","idType":"FNR"},"environment":"test",
            "data":{"dose":{"doseId":"R-{{number}}","scheduledAt":"{{at}}","windowMinutes":90,"pouchNo":14,"rollId":"R-2231"},"mode":"self","lateBy":4,
            "device":{"model":"Dispenser X","serial":"{{Serial(PatientOf(number))}}","firmware":"5.2.1","clockSource":"network","online":true},"remainingPouches":11,
            "note":"{{Filling}}"} }
            """);
    }

    /// <summary>
    /// An alarm, raised and closed just now, as a response centre reports it; each patient's in turn, because a second one within
    /// minutes would be told in the first one's note. One poster at a time.
    /// </summary>
    public static byte[] Alarm(out long number)
    {
        // The patient is the number's remainder, so this is the latest such number that has passed.
        var now = (long)(TimeProvider.System.GetUtcNow() - Origin).TotalMilliseconds;
        number = now - ((now - alarms++) % Patients);
        var at = At(number);
        return Utf8($$"""
            {"eventId":"{{Guid.NewGuid()}}","eventType":"alarm.closed","schemaVersion":"1.0","occurredAt":"{{at}}","sentAt":"{{at}}","sequence":{{number}},
            "tenant":{"municipalityOrgNo":"{{Up.SandboxFile.OrgNo}}","unit":"Responssenter"},"patient":{"nationalId":"{{NationalIds[PatientOf(number)]}}","idType":"FNR"},"environment":"test",
            "data":{"alarmId":"RC-{{number}}","origin":{"protocol":"SCAIP","ref":"{{number:x16}}","cid":"{{Serial(PatientOf(number))}}","dty":"0005","stc":"0009","lco":"011"},"kind":"fall","priority":1,"location":{"room":"bad"},
            "log":[{"at":"{{at}}","step":"raised"},{"at":"{{at}}","step":"claimed","by":"op-17"},{"at":"{{at}}","step":"closed","by":"op-17"}],"outcome":"helpedUp"} }
            """);
    }

    /// <summary>The number of the event in a FHIR message, from the time it happened: when a dose was handed over, or when an alarm began.</summary>
    /// <exception cref="FormatException">Neither stands in the message.</exception>
    public static long NumberIn(ReadOnlySpan<byte> message)
    {
        if (!TryText(message, "\"whenHandedOver\":\""u8, out var text) && !TryText(message, "\"start\":\""u8, out text))
            throw new FormatException("A message reached the journal system that is none of those posted.");

        return (long)Math.Round((DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) - Origin).TotalMilliseconds);
    }

    /// <summary>Alarms have just happened; all else happened earlier, far enough that the two never meet.</summary>
    public static bool IsAlarm(long number) => number >= Hours * 3_600_000L;

    /// <summary>Which caller posted it, and so whose order it is part of.</summary>
    public static int CallerOf(long number) => (int)(number % Callers);

    public static long Number(int caller, int turn) => ((long)turn * Callers) + caller;

    public static int PatientOf(long number) => (int)(number % Patients);

    private static bool TryText(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before, out string text)
    {
        var found = message.IndexOf(before);
        var rest = found < 0 ? default : message[(found + before.Length)..];
        text = Encoding.UTF8.GetString(rest[..Math.Max(0, rest.IndexOf((byte)'"'))]);
        return text.Length > 0;
    }

    private static string Patient(int caller, int turn) => NationalIds[PatientOf(Number(caller, turn))];

    private static string At(long number) => Origin.AddMilliseconds(number).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Numbers()
    {
        for (var day = new DateOnly(1931, 1, 1); ; day = day.AddDays(3))
        {
            if (Enumerable.Range(0, 50).Select(individual => TenorNumber.Compute(day, individual)).FirstOrDefault(id => id is not null) is { } found)
                yield return found;
        }
    }
}
