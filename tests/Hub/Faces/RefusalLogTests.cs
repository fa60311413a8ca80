using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.Faces;

public class RefusalLogTests
{
    [Fact]
    public void A_flood_of_one_kind_is_a_line_a_second_that_says_how_many()
    {
        var (clock, lines) = (new SetClock(), new KeptLog<RefusalLog>());
        var log = new RefusalLog(clock, lines);

        for (var i = 0; i < 1000; i++) log.Note("VKP-802", "a");
        log.Note("VKP-803", "a");
        clock.Now += RefusalLog.Interval;
        log.Note("VKP-802", "a");

        Assert.Collection(
            lines.Lines,
            line => Assert.StartsWith("VKP-802 A caller was refused who wanted a; 1 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("VKP-803 A caller was refused who wanted a; 1 ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("VKP-802 A caller was refused who wanted a; 1000 ", line, StringComparison.Ordinal));
    }
}
