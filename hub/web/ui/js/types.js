/**
 * The shapes that the HTTP contract sends. Types only: nothing here runs.
 *
 * @typedef {{id:number,name:string,email:string,role:'agent'|'administrator',initials:string,disabled:boolean,signature?:string,theme?:string}} Agent
 * @typedef {{agent:Agent,csrf:string,locale:string,hub:{name:string,version:string,demo:boolean}}} Session
 * @typedef {{id:number,kind:string,address:string,shown?:string,name:string|null,verified:boolean,since?:string,suppressed?:{reason:string,since:string}|null}} Identity
 * @typedef {{id:number,kind:string,name:string}} ChannelRef
 * @typedef {{id:number,version:number,subject:string|null,state:'open'|'resolved',assignee_id:number|null,
 *   customer:{id:number,name:string},identity:Identity,channel:ChannelRef,preview:string,last_entry_at:string,
 *   last_direction:'in'|'out'|'internal',waiting_since:string|null,entry_count:number,unread?:boolean,
 *   possibly_related_id:number|null,delivery_problem:boolean,automatic:boolean,created_at:string}} Conversation
 * @typedef {{id:number,filename:string,content_type:string,size:number,inline:boolean,note:string|null,url:string}} Attachment
 * @typedef {'queued'|'sending'|'sent'|'delivered'|'read'|'failed'|'uncertain'|'held'|'canceled'} DeliveryState
 * @typedef {{state:DeliveryState,since:string,address:string,channel_id:number,code:string|null,reason:string|null,
 *   next_steps:string[],recipients:{address:string,state:string,code:string|null,reason:string|null}[]}} Delivery
 * @typedef {{id:number,version:number,seq:number,conversation_id:number,identity_id:number|null,kind:string,
 *   direction:'in'|'out'|'internal',occurred_at:string,created_at:string,channel:ChannelRef|null,
 *   author:{type:'customer'|'agent'|'system',id:number|null,name:string|null,address?:string|null},subject:string|null,text:string,
 *   has_more_text:boolean,has_html:boolean,remote_images:number,to:{address:string,name:string|null,role:string}[],
 *   attachments:Attachment[],automatic:'no'|'auto'|'list'|'bounce',data:Record<string,any>,delivery:Delivery|null,
 *   pending_files?:PendingFile[],pending?:boolean}} Entry
 * @typedef {{id:number,filename:string,content_type:string,state:'waiting'|'gone',reason:string|null}} PendingFile
 * @typedef {{id:number,version:number,name:string,attributes:Record<string,any>,identities:Identity[],created_at:string,
 *   conversations_open:number,suggestions:{customer:{id:number,name:string,identities:Identity[]},reason:string,detail:string|null}[],
 *   merges:{id:number,other:{id:number,name:string},by:Agent|null,at:string,undoable:boolean}[],merged_into:number|null}} Customer
 * @typedef {{id:string,name:string,language:string,body:string,variables:Record<string,string>,quick_replies:string[],
 *   approved:boolean,category:string}} Template
 * @typedef {{id:string,variables:Record<string,string>}} ChosenTemplate
 * @typedef {{identity_id:number,channel_id:number,channel_kind:string,kind:string,address:string,name:string|null,from:string,usable:boolean,
 *   reason:string|null,verified:boolean,default:boolean,
 *   limits:{max_bytes:number,max_text:number|null,attachments:boolean,subject:boolean,cc:boolean,html:boolean},
 *   text?:{segments:boolean,max_text:number|null,templates:boolean},window?:{open:boolean,closes_at:string|null}|null}} Destination
 * @typedef {{name:string,label:string,help:string|null,type:string,required:boolean,default:any,options:{value:any,label:string}[]|null,
 *   group:string|null,show_if:{field:string,value:any}|null,placeholder:string|null,min:number|null,max:number|null}} SettingField
 * @typedef {{kind:string,name:string,description:string,icon:string,address_kind:string,settings:SettingField[],capabilities:any,oauth:boolean}} Connector
 * @typedef {{state:'ok'|'degraded'|'down'|'starting'|'paused',since:string,reason:string|null,next_step:string|null,
 *   last_in_at:string|null,last_out_at:string|null,backlog:number,quarantined:number}} Health
 * @typedef {{id:number,version:number,kind:string,name:string,state:'active'|'paused'|'archived',settings:Record<string,any>,
 *   secrets_set:string[],hooks_url:string|null,
 *   offers:{address_kind:string,send:boolean,subject:boolean,attachments:boolean,segments:boolean,templates:boolean,calls:boolean}|null,oauth:{connected:boolean,account:string|null,expires_at:string|null}|null,health:Health}} Channel
 * @typedef {{id:number,name:string,time_zone:string,weekly:Record<string,string[][]>,exceptions:{day:string,name:string,open:string[][]}[],
 *   country:string|null,subdivision:string|null,closed_text:string,now:{open:boolean,next_opening:string|null,text:string},
 *   channel_ids:number[]}} Hours
 * @typedef {{id:number,name:string,initials:string,writing:boolean}} Viewer
 */
export {};
