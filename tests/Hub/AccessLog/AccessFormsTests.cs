using Vkp.Hub.AccessLog;

namespace Vkp.Hub.Tests.AccessLog;

/// <summary>The list as a patient opens it in a spreadsheet.</summary>
public class AccessFormsTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://example.org\")", "\"'=HYPERLINK(\"\"http://example.org\"\")\"")]
    [InlineData("+47 1", "'+47 1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r=1+1", "\"'\r=1+1\"")]
    [InlineData("Kari; \"Ola\"", "\"Kari; \"\"Ola\"\"\"")]
    [InlineData("Kari", "Kari")]
    public void What_somebody_typed_is_shown_and_never_calculated(string typed, string cell)
    {
        var at = new DateTimeOffset(2026, 2, 14, 7, 4, 11, TimeSpan.Zero);
        var list = new AccessList("888134574", "patient-1", at, [new AccessEntry(at, AccessKind.Opened, typed, IsPerson: true, "Så innholdet i meldingen", typed, "dose.dispensed", null, 7)]);

        Assert.Equal($"14.02.2026 08:04:11;{cell};Så innholdet i meldingen;{cell};dose.dispensed;;7\n", AccessForms.Csv(list).Split('\n', 2)[1]);
    }
}
