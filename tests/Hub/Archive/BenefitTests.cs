using System.Xml.Linq;
using Vkp.Hub.Benefit;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Archive;

public class BenefitTests
{
    [Fact]
    public void Hours_are_a_range_by_kind_and_the_formula_stands_beside_them()
    {
        var minutes = BenefitMinutes.Parse(["dose.dispensed=1-2", "*=3-6"])!;
        BenefitLine[] lines = [new("2026-02", "alarm.closed", 10, 4, 1, 42.5), new("2026-02", "dose.dispensed", 3000, 0, 2, null)];

        var csv = BenefitReport.Csv(lines, minutes).Split('\n');

        Assert.Contains("minutter: * 3-6, dose.dispensed 1-2", csv[0], StringComparison.Ordinal);
        Assert.Equal("2026-02;alarm.closed;10;4;1;0.5;1.0;42.5", csv[2]);
        Assert.Equal("2026-02;dose.dispensed;3000;0;2;50.0;100.0;", csv[3]);
        var chart = XDocument.Parse(BenefitReport.Svg(lines, minutes)).ToString();
        Assert.Contains(">51<", chart, StringComparison.Ordinal);
        Assert.Contains(">101<", chart, StringComparison.Ordinal);
        XDocument.Parse(BenefitReport.Svg([], minutes));
    }

    [Theory]
    [InlineData("dose.dispensed")]
    [InlineData("dose.dispensed=1")]
    [InlineData("dose.dispensed=5-1")]
    [InlineData("=1-2")]
    [InlineData("x=a-b")]
    public void Minutes_that_are_no_range_are_refused(string given) => Assert.Null(BenefitMinutes.Parse([given]));

    [Fact]
    public async Task What_was_journaled_and_what_was_folded_is_counted_from_the_hubs_own_messages()
    {
        await using var hub = await TestHub.StartAsync();
        var missed = Guid.CreateVersion7();
        using var first = await hub.PostAsync(TestHub.Event("dose.notTaken", id: missed));
        await hub.RoutedAsync();
        using var closed = await hub.PostAsync(TestHub.Event("alert.closed", alerts: [Vkp.Sandbox.TriggerEvents.AlertIdOf(missed)]));
        await hub.UntilAsync(s => s is { Journaled: 1, Settled: 1 });

        using var csv = await hub.AdminAsync(HttpMethod.Get, $"admin/benefit/{TestHub.OrgNo}");
        using var svg = await hub.AdminAsync(HttpMethod.Get, $"admin/benefit/{TestHub.OrgNo}?as=svg&minutes=*=1-1");
        using var wrong = await hub.AdminAsync(HttpMethod.Get, $"admin/benefit/{TestHub.OrgNo}?minutes=x");

        var text = await csv.Content.ReadAsStringAsync();
        Assert.Contains(";alert.closed;1;0;0;0.0;0.1;", text, StringComparison.Ordinal);
        Assert.Contains(";dose.notTaken;0;1;0;0.0;0.0;", text, StringComparison.Ordinal);
        XDocument.Parse(await svg.Content.ReadAsStringAsync());
        Assert.Contains("VKP-109", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
