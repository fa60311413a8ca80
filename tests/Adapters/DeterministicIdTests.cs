namespace Vkp.Adapters.Tests;

public sealed class DeterministicIdTests
{
    [Fact]
    public void Version_5_gives_the_published_value_for_the_DNS_example() =>
        // RFC 9562 appendix A.4: www.example.com in the DNS namespace.
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), DeterministicId.Version5(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));

    [Fact]
    public void Parts_that_join_to_the_same_text_have_different_ids() =>
        Assert.NotEqual(DeterministicId.From("ab", "c"), DeterministicId.From("a", "bc"));

    [Fact]
    public void The_namespace_has_not_been_changed() =>
        // Another value would make every message new to every EPJ.
        Assert.Equal(new Guid("8e57b007-46ef-55dc-8654-d2f3aa2fbe74"), DeterministicId.From("evondos-style", "1"));
}
