using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Intake;
using Vkp.Hub.Outbound;
using Vkp.Hub.Registry;
using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.Outbound;

/// <summary>The one place through which the hub connects to anybody, with a real server on the other side.</summary>
public sealed class OutboundPolicyTests : IAsyncLifetime
{
    private const int Municipality = 888134574, Neighbour = 999999999;

    private RecordingHub server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await RecordingHub.StartAsync(Ct);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://0/")]
    [InlineData("http://[::]/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://0x0a.0.0.1/")]
    public async Task A_request_to_a_forbidden_address_is_never_sent(string address)
    {
        var answer = await SendAsync(Policy(HubEnvironment.Development), new Uri(address));

        Assert.IsType<EpjAnswer.NotSent>(answer);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    public async Task In_production_this_machine_is_not_reached_unless_it_is_named(string host)
    {
        var answer = await SendAsync(Policy(HubEnvironment.Production), new UriBuilder(server.Address) { Host = host }.Uri);

        Assert.IsType<EpjAnswer.NotSent>(answer);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task What_is_named_is_reached_in_production()
    {
        var named = new OutboundPolicy(HubEnvironment.Production, [IPNetwork.Parse("127.0.0.0/8")], NullLogger<OutboundPolicy>.Instance);

        var answer = await SendAsync(named, server.Address);

        Assert.Equal(202, Assert.IsType<EpjAnswer.Response>(answer).Status);
    }

    [Fact]
    public async Task In_development_this_machine_is_reached()
    {
        var answer = await SendAsync(Policy(HubEnvironment.Development), server.Address);

        Assert.Equal(202, Assert.IsType<EpjAnswer.Response>(answer).Status);
    }

    [Fact]
    public async Task Of_a_names_addresses_only_the_allowed_one_is_connected_to()
    {
        var policy = Policy(HubEnvironment.Development, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback]));

        var answer = await SendAsync(policy, new UriBuilder(server.Address) { Host = "epj.example.org" }.Uri);

        Assert.Equal(202, Assert.IsType<EpjAnswer.Response>(answer).Status);
    }

    [Fact]
    public async Task A_name_that_changes_between_two_questions_is_asked_once_for_a_connection()
    {
        var asked = 0;
        var policy = Policy(HubEnvironment.Production, (_, _) => Task.FromResult<IPAddress[]>(++asked == 1 ? [IPAddress.Parse("10.0.0.1")] : [IPAddress.Parse("93.184.215.14")]));

        await Assert.ThrowsAsync<SocketException>(async () => await policy.ConnectAsync(new DnsEndPoint("rebinding.example.org", 80), Ct));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        server.Answer = (_, http) =>
        {
            http.Response.Headers.Location = new Uri(server.Address, "elsewhere").AbsoluteUri;
            return 307;
        };

        var answer = await SendAsync(Policy(HubEnvironment.Development), server.Address);

        Assert.IsType<EpjAnswer.Unknown>(answer);
        Assert.Single(server.Requests);
    }

    /// <summary>In this order: an open connection of the one municipality's is not the other's to use.</summary>
    [Fact]
    public async Task A_network_named_for_one_municipality_is_reached_by_its_configuration_and_by_no_others()
    {
        var policy = new OutboundPolicy(
            HubEnvironment.Production, [], NullLogger<OutboundPolicy>.Instance, own: new Dictionary<int, IReadOnlyList<IPNetwork>> { [Municipality] = [IPNetwork.Parse("127.0.0.0/8")], [Neighbour] = [IPNetwork.Parse("10.41.0.0/16")] });
        using var channel = new EpjChannel(policy, TimeProvider.System);
        var destination = new Destination("epj", "fhir-messaging", server.Address.AbsoluteUri);
        var request = new EpjRequest("POST", "", "application/json", new byte[] { 1 });

        Assert.IsType<EpjAnswer.Response>(await channel.To(Municipality, destination, _ => null)(request, Ct));
        Assert.IsType<EpjAnswer.NotSent>(await channel.To(Neighbour, destination, _ => null)(request, Ct));
        Assert.IsType<EpjAnswer.NotSent>(await channel.To(312229544, destination, _ => null)(request, Ct));
        Assert.IsType<EpjAnswer.NotSent>(await channel.SendAsync(server.Address, request, Ct));
        Assert.IsType<EpjAnswer.Response>(await channel.SendAsync(Municipality, server.Address, request, Ct));
        Assert.Equal(2, server.Requests.Count);
    }

    /// <summary>Another way to the network would not be judged.</summary>
    [Fact]
    public void The_server_makes_no_handler_anywhere_else()
    {
        var sources = Directory.GetFiles(TestSupport.Repository.PathOf("src", "Hub", "Server"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        var others = sources.Where(file => File.ReadAllText(file) is var text && (text.Contains("new SocketsHttpHandler", StringComparison.Ordinal) || text.Contains("new HttpClientHandler", StringComparison.Ordinal) || text.Contains("new HttpClient()", StringComparison.Ordinal) || text.Contains("SocketsHttpHandler CreateHandler", StringComparison.Ordinal)));

        Assert.Equal(["OutboundPolicy.cs"], others.Select(Path.GetFileName));
    }

    private static OutboundPolicy Policy(HubEnvironment environment, ResolveHost? resolve = null) => new(environment, [], NullLogger<OutboundPolicy>.Instance, resolve);

    private static async Task<EpjAnswer> SendAsync(OutboundPolicy policy, Uri address)
    {
        using var channel = new EpjChannel(policy, TimeProvider.System);
        return await channel.SendAsync(address, new EpjRequest("POST", "", "application/json", new byte[] { 1 }), Ct);
    }
}
