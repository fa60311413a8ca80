using System.Text.Json;
using Vkp.Hub.Replay;

namespace Vkp.Hub.Tests.Replay;

public class JsonDifferenceTests
{
    [Theory]
    [InlineData("""[{"resourceType":"A","x":1}]""", """[{"resourceType":"A","x":1}]""", "")]
    [InlineData("""[{"resourceType":"A","x":1,"y":2}]""", """[{"y":2,"x":1,"resourceType":"A"}]""", "")]
    [InlineData("""[{"resourceType":"A","x":"\u00e5"}]""", """[{"resourceType":"A","x":"å"}]""", "")]
    [InlineData("""[{"resourceType":"A","x":1.0}]""", """[{"resourceType":"A","x":1.00}]""", "A.x changed")]
    [InlineData("""[{"resourceType":"A","x":"1"}]""", """[{"resourceType":"A","x":1}]""", "A.x changed")]
    [InlineData("""[{"resourceType":"A","x":[{"c":"1"},{"c":"2"}]}]""", """[{"resourceType":"A","x":[{"c":"3"},{"c":"4"}]}]""", "A.x.c changed")]
    [InlineData("""[{"resourceType":"A","x":[1]}]""", """[{"resourceType":"A","x":[1,2]}]""", "A.x added")]
    [InlineData("""[{"resourceType":"A","x":[1,2]}]""", """[{"resourceType":"A","x":[1]}]""", "A.x removed")]
    [InlineData("""[{"resourceType":"A","old":1}]""", """[{"resourceType":"A","new":1}]""", "A.new added|A.old removed")]
    [InlineData("""[{"resourceType":"A"}]""", """[{"resourceType":"A"},{"resourceType":"B"}]""", "B added")]
    [InlineData("""[{"resourceType":"A"},{"resourceType":"B"}]""", """[{"resourceType":"A"}]""", "B removed")]
    [InlineData("""[{"resourceType":"A"}]""", """[{"resourceType":"B"}]""", "A became B")]
    public void A_difference_is_told_as_its_place_and_kind_and_never_as_a_value(string then, string now, string expected)
    {
        using var before = JsonDocument.Parse(then);
        using var after = JsonDocument.Parse(now);
        var changes = new SortedSet<string>(StringComparer.Ordinal);

        JsonDifference.Collect(before.RootElement, after.RootElement, changes);

        Assert.Equal(expected, string.Join('|', changes));
    }
}
