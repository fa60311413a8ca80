using FsCheck;
using FsCheck.Fluent;
using Vkp.Hub.Queues;

namespace Vkp.Hub.Tests.Queues;

public class QueueAddressTests
{
    [Theory]
    [InlineData("\"public\".\"Kommune.Epj\"", "public", "Kommune.Epj")]
    [InlineData("\"a.\"\"b\"\"\".\"c\"", "a.\"b\"", "c")]
    [InlineData("public.Epj", "public", "Epj")]
    [InlineData("\"Kommune.Epj\"", "own", "Kommune.Epj")]
    public void A_routing_rows_address_is_split_at_the_dot_outside_quotes(string text, string schema, string table)
    {
        Assert.True(QueueAddress.TryParse(text, "own", out var address));
        Assert.Equal((schema, table), (address.Value.Schema, address.Value.Table));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"open")]
    [InlineData("\"a\"b.\"c\"")]
    [InlineData("\"\".\"c\"")]
    [InlineData("a.b.c")]
    [InlineData("a.")]
    public void What_is_no_address_is_none(string text) => Assert.False(QueueAddress.TryParse(text, "own", out _));

    [Fact]
    public void Whatever_the_names_are_an_address_is_read_as_it_was_written() =>
        Prop.ForAll<NonEmptyString, NonEmptyString>((schema, table) =>
            QueueAddress.TryParse(new QueueAddress(schema.Get, table.Get).ToString(), "own", out var read) && read == new QueueAddress(schema.Get, table.Get)).QuickCheckThrowOnFailure();
}
